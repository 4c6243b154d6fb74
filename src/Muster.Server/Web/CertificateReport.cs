using System.Text.Json;
using System.Text.Json.Serialization;
using Muster.Core;
using Muster.Core.X509;

namespace Muster.Server.Web;

/// <summary>What a check found, for programs: the same for the portal's JSON and the command line.</summary>
internal sealed record CertificateReport(
    bool Ok,
    string? Code,
    string? Sentence,
    string? Hint,
    string? Help,
    CertificateReport.Facts? Certificate,
    IReadOnlyList<CertificateReport.Link> Chain,
    IReadOnlyList<CertificateReport.Warning> Warnings
)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // names of people; served as JSON only
    };

    /// <summary><c>known</c> or <c>unknown</c> to the members list; absent where the asker has not shown to hold the key.</summary>
    public string? Membership { get; init; }

    /// <summary>The subject that counts: the owner's where a proxy was presented and permitted; absent where the certificate was refused.</summary>
    public string? EndEntity { get; init; }

    /// <summary>What the certificate says by itself; nobody has asked the members list.</summary>
    public static CertificateReport Of(CertificateVerdict verdict, DateTimeOffset now) =>
        Of(verdict, verdict is CertificateVerdict.Accepted good ? OfRobot(good.EndEntity) : null, now);

    /// <param name="besides">What is told of one that is good; null where all is well.</param>
    public static CertificateReport Of(CertificateVerdict verdict, Refusal? besides, DateTimeOffset now) =>
        verdict switch
        {
            CertificateVerdict.Accepted good => besides is null ? OfGood(good, now) : OfGood(good, now).Telling(besides),
            CertificateVerdict.Refused bad => Of(bad.Reason) with
            {
                Certificate = bad.Leaf is { } leaf ? Describe(leaf, now) : null,
                Chain = Links(bad),
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>A robot's certificate is good, and yet no person's; null for any other.</summary>
    public static Refusal? OfRobot(ClientCertificate own) =>
        own.Kind == CertificateKind.Robot ? Refusal.With("certificate.robot", own.Subject.Slash) : null;

    /// <summary>Nothing could be checked.</summary>
    public static CertificateReport Of(Refusal why) => new CertificateReport(false, null, null, null, null, null, [], []).Telling(why);

    /// <summary>The same report with this to tell; whether the certificate is good stays as it is.</summary>
    private CertificateReport Telling(Refusal why) =>
        this with
        {
            Code = why.Code,
            Sentence = RefusalTexts.Sentence(why),
            Hint = RefusalTexts.Hint(why),
            Help = $"{ShowHelp.Path}#{why.Code}",
        };

    public static int DaysLeft(ClientCertificate certificate, DateTimeOffset now) =>
        (int)Math.Max(0, Math.Floor((certificate.NotAfter - now).TotalDays));

    private static CertificateReport OfGood(CertificateVerdict.Accepted good, DateTimeOffset now) =>
        new(true, null, null, null, null, Describe(good.EndEntity, now), Links(good), [.. good.Warnings.Select(Describe)])
        {
            EndEntity = good.EndEntity.Subject.Slash,
        };

    private static Facts Describe(ClientCertificate c, DateTimeOffset now) =>
        new(
            c.Subject.Slash,
            c.Subject.Rfc4514,
            c.Issuer.Slash,
            c.SerialHex,
            c.NotBefore,
            c.NotAfter,
            DaysLeft(c, now),
            c.Kind.ToString(),
            c.PublicKey,
            c.Emails,
            c.Sha256
        );

    private static List<Link> Links(CertificateVerdict verdict) =>
        [.. verdict.Chain.Select(l => new Link(l.Subject.Slash, l.Issuer.Slash, l.NotBefore, l.NotAfter, l.Ok, l.ReasonCode))];

    private static Warning Describe(CertificateWarning warning) =>
        new(warning.Code, RefusalTexts.Sentence(Refusal.With(warning.Code, warning.Authority.Slash)));

    internal sealed record Facts(
        string Subject,
        string SubjectRfc4514,
        string Issuer,
        string Serial,
        DateTimeOffset NotBefore,
        DateTimeOffset NotAfter,
        int DaysLeft,
        string Kind,
        string PublicKey,
        IReadOnlyList<string> Emails,
        string Sha256
    );

    /// <summary>The presented certificate first.</summary>
    internal sealed record Link(string Subject, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, bool Ok, string? Code);

    internal sealed record Warning(string Code, string Sentence);
}
