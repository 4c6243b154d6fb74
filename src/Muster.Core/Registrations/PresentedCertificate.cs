namespace Muster.Core.Registrations;

/// <summary>What the certificate said when the registration was made; kept as evidence beside what the applicant typed.</summary>
/// <param name="Key">Canonical key of the subject.</param>
/// <param name="Subject">Slash form.</param>
/// <param name="Issuer">Slash form.</param>
/// <param name="Serial">Upper-case hex.</param>
/// <param name="NotAfter">Last second of validity, included (RFC 5280 §4.1.2.5).</param>
/// <param name="CommonNames">Joined with a line feed, in the order of the subject.</param>
/// <param name="Chain">DER of the certificate and then of what was sent with it, each behind its length (four octets, big-endian).</param>
public sealed record PresentedCertificate(
    string Key,
    string Subject,
    string Issuer,
    string Serial,
    DateTimeOffset NotAfter,
    string CommonNames,
    byte[] Chain
);
