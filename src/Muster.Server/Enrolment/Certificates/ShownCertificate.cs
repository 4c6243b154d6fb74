using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Muster.Core.Members;
using Muster.Core.X509;
using Muster.Server.Register.Members;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>What a browser presented on one listener, as the other one may believe it: under our seal, for one session, for minutes.</summary>
/// <param name="Subject">DER of the subject.</param>
/// <param name="At">When it was presented, in minutes since 1970.</param>
public sealed record ShownCertificate(byte[] Subject, SeenCertificate Facts, Guid Session, int At)
{
    private const string Purpose = "muster.shown-certificate.2";
    private const int Lifetime = 10;

    public DistinguishedName Name => DistinguishedName.Parse(Subject).Value;

    public static int Minute(DateTimeOffset moment) => (int)(moment.ToUnixTimeSeconds() / 60);

    public static bool IsFresh(int minute, DateTimeOffset now) => Minute(now) - minute is >= 0 and <= Lifetime;

    internal static ShownCertificate Of(ClientCertificate certificate, Guid session, DateTimeOffset now) =>
        new(certificate.Subject.Der.ToArray(), NoteRenewal.Facts(certificate), session, Minute(now));

    internal string Seal(IDataProtectionProvider protection) => protection.CreateProtector(Purpose).Protect(JsonSerializer.Serialize(this));

    /// <summary>Null for what is not ours, is of another session, or is too old.</summary>
    internal static ShownCertificate? Open(string? text, Guid session, IDataProtectionProvider protection, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            var shown = JsonSerializer.Deserialize<ShownCertificate>(protection.CreateProtector(Purpose).Unprotect(text))!; // written by Seal
            return shown.Session == session && IsFresh(shown.At, now) ? shown : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
