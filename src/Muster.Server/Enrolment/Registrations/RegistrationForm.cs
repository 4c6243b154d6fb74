using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Core.Registrations;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>The fields of the form as typed; shown again exactly so when something is wrong.</summary>
public sealed record RegistrationForm
{
    public const string FamilyFirst = "family-first";
    public const string GivenFirst = "given-first";
    private const int FormKeyBytes = 16;

    public string FormKey { get; init; } = "";
    public string? Given { get; init; }
    public string? Family { get; init; }
    public string? Native { get; init; }

    /// <summary><see cref="GivenFirst"/> or <see cref="FamilyFirst"/>; null when the person has not chosen.</summary>
    public string? Order { get; init; }

    /// <summary>The name as it was proposed; travels with the form, so that both are kept.</summary>
    public string? Proposed { get; init; }
    public string? Email { get; init; }
    public string? AccountName { get; init; }
    public bool AcceptsAup { get; init; }
    public string? AupVersion { get; init; }
    public bool AsksForRegistrar { get; init; }

    public static string NewFormKey() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(FormKeyBytes));

    public static RegistrationForm From(IFormCollection form) =>
        new()
        {
            FormKey = form.Text("formKey") ?? "",
            Given = form.Text("given"),
            Family = form.Text("family"),
            Native = form.Text("native"),
            Order = form.Text("order"),
            Proposed = form.Text("proposed"),
            Email = form.Text("email"),
            AccountName = form.Text("accountName"),
            AcceptsAup = form.Ticked("aup"),
            AupVersion = form.Text("aupVersion"),
            AsksForRegistrar = form.Ticked("askRegistrar"),
        };

    /// <summary>Everything that is wrong with the fields by themselves, all at once; or the parsed application.</summary>
    public (Application? Application, IReadOnlyList<Refusal> Errors) Parse(AccountNameRules rules, string aupVersion, string language)
    {
        var errors = new List<Refusal>();
        if (
            FormKey.Length != WebEncoders.Base64UrlEncode(new byte[FormKeyBytes]).Length
            || FormKey.Contains('\0', StringComparison.Ordinal)
        )
            errors.Add(new Refusal("form.stale"));
        var order = Order == FamilyFirst ? NameOrder.FamilyFirst : NameOrder.GivenFirst;
        if (Order is not (FamilyFirst or GivenFirst))
            errors.Add(new Refusal("name.order-missing", "order"));
        errors.AddRange(PersonName.Check(Given, Family, order, Native));
        if (!EmailAddress.Parse(Email).TryGet(out var email, out var emailProblem))
            errors.Add(emailProblem.At("email"));
        if (!Core.Accounts.AccountName.Parse(AccountName, rules).TryGet(out var accountName, out var accountProblem))
            errors.Add(accountProblem.At("accountName"));
        if (!AcceptsAup)
            errors.Add(new Refusal("aup.not-accepted", "aup"));
        else if (AupVersion != aupVersion)
            errors.Add(new Refusal("aup.outdated", "aup"));
        if (errors.Count > 0 || email is null || accountName is null)
            return (null, errors);

        var name = PersonName.Create(Given, Family, order, Native).Value;
        var proposed = StorableText.Of(Proposed ?? "", 200);
        return (new Application(FormKey, name, proposed, email, accountName, language, AsksForRegistrar, IsHeldBack: false), []);
    }
}
