using Muster.Core;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>The form as programs send it. What is needed may be missing all the same; then it is refused as on the page, field by field.</summary>
/// <param name="FormKey">Made here where it is left out.</param>
internal sealed record RegistrationBody(
    string Order,
    string Email,
    string AccountName,
    bool AcceptsAup,
    string AupVersion,
    string? Given = null,
    string? Family = null,
    string? Native = null,
    string? Proposed = null,
    bool AsksForRegistrar = false,
    string? FormKey = null
)
{
    public RegistrationForm Form() =>
        new()
        {
            FormKey = string.IsNullOrEmpty(FormKey) ? RegistrationForm.NewFormKey() : FormKey,
            Given = Given,
            Family = Family,
            Native = Native,
            Order = Order,
            Proposed = Proposed,
            Email = Email,
            AccountName = AccountName,
            AcceptsAup = AcceptsAup,
            AupVersion = AupVersion,
            AsksForRegistrar = AsksForRegistrar,
        };

    /// <summary>With the field as it is called here: the page has one box for the conditions, and does not show what else it sends.</summary>
    public static Refusal Named(Refusal refusal) =>
        refusal.Code switch
        {
            "aup.not-accepted" => refusal.At("acceptsAup"),
            "aup.outdated" => refusal.At("aupVersion"),
            "form.stale" => refusal.At("formKey"),
            _ => refusal,
        };
}
