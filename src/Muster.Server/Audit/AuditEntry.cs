using System.Text.Json;

namespace Muster.Server.Audit;

/// <summary>Who acted: a person with an account, the holder of a certificate, an applicant by link, whoever reads a mailbox, a rule, or the system itself.</summary>
internal sealed record Actor(string Kind, string Name)
{
    public static Actor Account(string accountName) => new("account", accountName);

    public static Actor Certificate(string subject) => new("certificate", subject);

    public static Actor Applicant(string reference) => new("applicant", reference);

    /// <param name="masked">The address, not whole.</param>
    public static Actor Mailbox(string masked) => new("mailbox", masked);

    public static Actor Rule(string rule) => new("rule", rule);

    public static Actor System(string part) => new("system", part);

    public static Actor Operator { get; } = new("operator", "command line");
}

/// <summary>What a slice hands to the trail; the trail adds number, time and hash.</summary>
internal sealed record AuditEntry(string Action, Actor Actor)
{
    public Guid? RegistrationId { get; init; }
    public Guid? AccountId { get; init; }
    public Guid? MemberId { get; init; }
    public Guid? InstituteId { get; init; }
    public string? Origin { get; init; }
    public SortedDictionary<string, string?> Details { get; init; } = new(StringComparer.Ordinal);

    public string DetailsJson() => JsonSerializer.Serialize(Details, Json);

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
