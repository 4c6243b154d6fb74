using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Muster.Core.X509;

/// <summary>Whether a CRL speaks of a certificate, and for which reasons (RFC 5280 §6.3.3 (b), (d)).</summary>
internal static class RevocationScope
{
    /// <summary>All reasons of RFC 5280 §4.2.1.13, as BouncyCastle numbers the bits; the bit "unused" is not one.</summary>
    public const int AllReasons = 0x7F | 0x8000;

    /// <summary>The distribution points of the certificate, and the implied one that is named after its issuer.</summary>
    public static IEnumerable<DistributionPoint?> PointsOf(ClientCertificate certificate) =>
        (certificate.Extensions.DistributionPoints?.GetDistributionPoints() ?? []).Append<DistributionPoint?>(null);

    /// <summary>Keys of the issuers whose CRLs may speak for this point.</summary>
    public static IEnumerable<string> CrlIssuers(ClientCertificate certificate, DistributionPoint? point) =>
        point?.CrlIssuer is { } names ? DirectoryNames(names) : [certificate.Issuer.Key];

    /// <summary>The reasons the CRL covers for the certificate at this point; 0 when it does not speak of it.</summary>
    public static int Reasons(RevocationList crl, ClientCertificate certificate, DistributionPoint? point)
    {
        var scope = crl.Scope;
        // (b)(1): a CRL of another issuer must say that it is indirect.
        if (point?.CrlIssuer is not null && scope is not { IsIndirectCrl: true })
        {
            return 0;
        }

        var pointReasons = point?.Reasons is { } some ? some.IntValue : AllReasons;
        if (scope is null)
        {
            return pointReasons & AllReasons;
        }

        // (b)(2)(ii)–(iv).
        var isForeign =
            scope.OnlyContainsAttributeCerts
            || (scope.OnlyContainsUserCerts && certificate.Extensions.IsAuthority)
            || (scope.OnlyContainsCACerts && !certificate.Extensions.IsAuthority);
        if (isForeign || !NamesMeet(scope, crl, certificate, point))
        {
            return 0;
        }

        return pointReasons & (scope.OnlySomeReasons is { } only ? only.IntValue : AllReasons) & AllReasons;
    }

    /// <summary>(b)(2)(i): where the CRL names its distribution point, one of the names must be the certificate's.</summary>
    private static bool NamesMeet(
        IssuingDistributionPoint scope,
        RevocationList crl,
        ClientCertificate certificate,
        DistributionPoint? point
    )
    {
        if (scope.DistributionPoint is not { } named)
        {
            return true;
        }

        var ofCrl = Names(named, crl.Issuer);
        var ofPoint = point switch
        {
            null => [DirectoryName(certificate.Issuer.Key)],
            { DistributionPointName: { } own } => Names(own, point.CrlIssuer is null ? certificate.Issuer : crl.Issuer),
            { CrlIssuer: { } issuers } => [.. DirectoryNames(issuers).Select(DirectoryName)],
            _ => (IReadOnlyCollection<string>)[],
        };
        return ofCrl.Intersect(ofPoint, StringComparer.Ordinal).Any();
    }

    private static IReadOnlyCollection<string> Names(DistributionPointName name, DistinguishedName issuer)
    {
        if (name.Type == DistributionPointName.FullName)
        {
            return [.. GeneralNames.GetInstance(name.Name).GetNames().Select(Comparable)];
        }

        // nameRelativeToCRLIssuer: one relative name to be put after the issuer's.
        var relative = DistinguishedName.Parse(new DerSequence(Asn1Set.GetInstance(name.Name)).GetDerEncoded());
        return relative.IsSuccess ? [DirectoryName(issuer.Key + "," + relative.Value.Key)] : [];
    }

    private static IEnumerable<string> DirectoryNames(GeneralNames names) =>
        names.GetNames().Where(n => n.TagNo == GeneralName.DirectoryName).Select(KeyOf).OfType<string>();

    private static string Comparable(GeneralName name) =>
        name.TagNo == GeneralName.DirectoryName && KeyOf(name) is { } key
            ? DirectoryName(key)
            : Convert.ToHexStringLower(name.GetDerEncoded());

    private static string? KeyOf(GeneralName name) =>
        DistinguishedName.Parse(name.Name.ToAsn1Object().GetDerEncoded()).TryGet(out var read, out _) ? read.Key : null;

    private static string DirectoryName(string key) => "4:" + key;
}
