using System.Globalization;

namespace Muster.Core.X509;

/// <summary>One certificate of the chain as drawn for people, the presented one first.</summary>
/// <param name="Ok">False on the link that is at fault.</param>
/// <param name="ReasonCode">Refusal code of the fault; null when the link is in order.</param>
public sealed record ChainLink(
    DistinguishedName Subject,
    DistinguishedName Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    bool Ok,
    string? ReasonCode
);

/// <summary>Something the administrator should mend although the certificate was accepted, such as <c>certificate.crl-missing</c>.</summary>
public sealed record CertificateWarning(string Code, DistinguishedName Authority);

/// <summary>What <see cref="CertificateCheck.Verify"/> found.</summary>
public abstract record CertificateVerdict
{
    private CertificateVerdict() { }

    /// <summary>The chain from the presented certificate towards the authority, as far as it is known.</summary>
    public abstract IReadOnlyList<ChainLink> Chain { get; init; }

    /// <summary>
    /// The first moment at which the verdict may be another one because time has passed: a certificate it rests on begins or ends, a list falls due or
    /// goes out of use. Exclusive; null where nothing lies ahead.
    /// </summary>
    public DateTimeOffset? HoldsUntil { get; init; }

    /// <summary>Believed. <paramref name="EndEntity"/> is the person's own certificate, also where a proxy was presented.</summary>
    public sealed record Accepted(ClientCertificate EndEntity, IReadOnlyList<ChainLink> Chain) : CertificateVerdict
    {
        public override IReadOnlyList<ChainLink> Chain { get; init; } = Chain;

        public IReadOnlyList<CertificateWarning> Warnings { get; init; } = [];
    }

    /// <summary>Not believed, for the first thing wrong. <paramref name="Leaf"/> is what was presented, null where it could not be read.</summary>
    public sealed record Refused(Refusal Reason, ClientCertificate? Leaf, IReadOnlyList<ChainLink> Chain) : CertificateVerdict
    {
        public override IReadOnlyList<ChainLink> Chain { get; init; } = Chain;
    }
}

/// <summary>A refusal, the certificate of the chain it concerns, and the code that its link shows.</summary>
internal sealed record ChainFault(Refusal Reason, ClientCertificate Certificate, string LinkCode)
{
    public static ChainFault Of(string code, ClientCertificate certificate, params string[] arguments) =>
        new(Refusal.With(code, arguments), certificate, code);

    /// <summary>Something is wrong with a certificate that is not the person's own.</summary>
    public static ChainFault Broken(ClientCertificate certificate, string linkCode = "certificate.path-broken") =>
        new(Refusal.With("certificate.path-broken", certificate.Subject.Slash, certificate.Issuer.Slash), certificate, linkCode);

    /// <summary>Null when the person's own certificate is valid in the second that holds <paramref name="now"/>.</summary>
    public static ChainFault? OfOwnValidity(ClientCertificate own, DateTimeOffset now) =>
        own.IsAfter(now) ? Of("certificate.expired", own, Moment(own.NotAfter), own.Subject.Slash)
        : own.IsBefore(now) ? Of("certificate.not-yet-valid", own, Moment(own.NotBefore), own.Subject.Slash)
        : null;

    /// <summary>Time as an argument of a sentence: ISO 8601, UTC, whole seconds.</summary>
    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
