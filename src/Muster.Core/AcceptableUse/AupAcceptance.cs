namespace Muster.Core.AcceptableUse;

/// <summary>One version of the acceptable use policy in one language, exactly as it was shown.</summary>
/// <param name="Version">For example <c>1.0</c>; a new version is accepted anew.</param>
/// <param name="Language">BCP 47, for example <c>en</c>.</param>
/// <param name="TextHash">SHA-256 of the UTF-8 text, lower-case hex: which words were accepted.</param>
public sealed record AupVersion(string Version, string Language, string TextHash);

/// <summary>A person accepted one version, in one language, at one moment. Kept for as long as the person's record.</summary>
public sealed class AupAcceptance
{
    private AupAcceptance() { }

    public AupAcceptance(Guid id, AupVersion accepted, Guid registrationId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        Id = id != Guid.Empty ? id : throw new ArgumentException("An acceptance id is never empty.", nameof(id));
        Version = accepted.Version;
        Language = accepted.Language;
        TextHash = accepted.TextHash;
        RegistrationId = registrationId;
        AcceptedAt = now;
    }

    public Guid Id { get; private set; }
    public string Version { get; private set; } = "";
    public string Language { get; private set; } = "";
    public string TextHash { get; private set; } = "";
    public DateTimeOffset AcceptedAt { get; private set; }
    public Guid RegistrationId { get; private set; }

    /// <summary>The account it belongs to; null until the registration is approved.</summary>
    public Guid? AccountId { get; private set; }

    public void BelongsTo(Guid accountId) => AccountId = accountId;
}
