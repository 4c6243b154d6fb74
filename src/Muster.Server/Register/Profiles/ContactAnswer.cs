using Muster.Core.Members;

namespace Muster.Server.Register.Profiles;

internal sealed record ContactAnswer(IReadOnlyList<string> Languages, string? Phone, string? Office, string? Web)
{
    public static ContactAnswer Of(ContactDetails details) =>
        new([.. details.Languages.Select(l => l.Value)], details.Phone, details.Office, details.Web);
}

/// <summary>What is left out is taken away.</summary>
internal sealed record ContactBody(
    IReadOnlyList<string>? Languages = null,
    string? Phone = null,
    string? Office = null,
    string? Web = null
);
