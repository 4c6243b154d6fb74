using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Muster.Server.Storage;

namespace Muster.Server.Operator.Demo;

/// <summary>Makes, checks and renews the files of the demo authority below one folder.</summary>
internal sealed class DemoAuthorityWorkshop(string folder, DateTimeOffset now)
{
    const string RootAlias = "DemoGridRootCA";
    const string PeopleAlias = "DemoGridPeopleCA";
    const string RootName = DemoIdentifiers.SubjectPrefix + "/CN=Demo Grid Root CA";
    const string PeopleName = DemoIdentifiers.SubjectPrefix + "/CN=Demo Grid People CA";
    const string ServerName = DemoIdentifiers.SubjectPrefix + "/O=Demo/CN=localhost";
    const string ElsewhereName = "/DC=org/DC=elsewhere-grid/CN=Elsewhere Grid CA";

    // The longest an IGTF profile lets a user certificate live: a year and a month.
    static readonly TimeSpan certificateLifetime = TimeSpan.FromDays(395);
    static readonly TimeSpan revocationListLifetime = TimeSpan.FromDays(30);
    static readonly TimeSpan renewBefore = TimeSpan.FromDays(7);

    readonly string trust = Path.Combine(folder, "trust");
    readonly string certificates = Path.Combine(folder, "certificates");
    readonly string tls = Path.Combine(folder, "tls");
    readonly string authority = Path.Combine(folder, "authority");

    PemPair Server => PemPair.In(tls, "localhost");

    PemPair Root => PemPair.In(authority, RootAlias);

    PemPair People => PemPair.In(authority, PeopleAlias);

    string ManifestPath => Path.Combine(certificates, "manifest.json");

    public DemoAuthority Open(DemoManifest manifest, bool kept) =>
        new(trust, Server.CertificatePath, Server.KeyPath, [.. manifest.Certificates.Select(c => c.In(certificates))], kept);

    /// <summary>What an earlier run left, with fresh revocation lists where due; null if any of it is missing, foreign or nearly over.</summary>
    public DemoManifest? Keep(IReadOnlyList<DemoRole> roles)
    {
        if (
            DemoManifest.Read(ManifestPath) is not { Certificates: not null } manifest
            || manifest.UsableUntil < now + renewBefore
            || manifest.Certificates.Count != roles.Count
            || !manifest.Certificates.Zip(roles).All(pair => pair.First.IsFor(pair.Second) && IsComplete(pair.First.In(certificates)))
            || !Server.IsWhole()
            || !Root.IsWhole()
            || !People.IsWhole()
        )
        {
            return null;
        }

        using var root = new DemoIssuer(new DemoDistinguishedName(RootName), Root.Open());
        using var people = new DemoIssuer(new DemoDistinguishedName(PeopleName), People.Open());
        var folderOfTrust = new TrustFolder(trust);
        if (
            manifest.RevocationListsUntil >= now + renewBefore
            && folderOfTrust.Holds(root, RootAlias)
            && folderOfTrust.Holds(people, PeopleAlias)
        )
        {
            return manifest;
        }

        var revokedPath = Path.Combine(certificates, manifest.Certificates.Single(c => c.Name is DemoCast.Revoked).PemPath);
        using var revoked = X509CertificateLoader.LoadCertificateFromFile(revokedPath);
        var renewed = manifest with { RevocationListsUntil = WriteTrust(root, people, revoked) };
        renewed.Write(ManifestPath);
        return renewed;
    }

    public DemoManifest Make(IReadOnlyList<DemoRole> roles)
    {
        foreach (var path in new[] { trust, certificates, tls, authority })
        {
            Directory.CreateDirectory(path);
        }

        File.Delete(ManifestPath);
        using var rootKey = RSA.Create(2048);
        using var peopleKey = RSA.Create(2048);
        using var elsewhereKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = DemoIssuer.SelfSigned(RootName, rootKey, now);
        using var people = root.Subordinate(PeopleName, peopleKey, now);
        using var elsewhere = DemoIssuer.SelfSigned(ElsewhereName, elsewhereKey, now);
        Root.Write(rootKey, root.Certificate);
        People.Write(peopleKey, people.Certificate);

        var until = now + certificateLifetime;
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        using (var server = people.IssueServer(ServerName, key, now.AddHours(-1), until))
        {
            Server.Write(key, server, people.Certificate);
        }

        var made = new List<DemoCertificate>();
        var revocationListsUntil = now;
        foreach (var role in roles)
        {
            using var key = NewKey(role);
            var issuer = role.Name is DemoCast.UnknownAuthority ? elsewhere : people;
            var (from, to) = role.Name is DemoCast.Expired ? (now.AddDays(-400), now.AddDays(-5)) : (now.AddHours(-1), until);
            using var certificate = issuer.IssuePerson(role.Subject, role.Email, key, from, to);
            made.Add(WriteCertificate(role, certificate, issuer.Certificate, key));
            if (role.Name is DemoCast.Revoked)
            {
                revocationListsUntil = WriteTrust(root, people, certificate);
            }
        }

        var manifest = new DemoManifest(until, revocationListsUntil, DemoAuthority.Password, made);
        manifest.Write(ManifestPath);
        return manifest;
    }

    public DemoCertificate IssueAnother(DemoRole role)
    {
        using var people = new DemoIssuer(new DemoDistinguishedName(PeopleName), People.Open());
        using var key = NewKey(role);
        using var certificate = people.IssuePerson(role.Subject, role.Email, key, now.AddHours(-1), now + certificateLifetime);
        return WriteCertificate(role, certificate, people.Certificate, key).In(certificates);
    }

    // Most keys on the curve, which is quick; two as people have them in life.
    static AsymmetricAlgorithm NewKey(DemoRole role) =>
        role.Name is "on-list" or "digits-and-email" ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);

    DateTimeOffset WriteTrust(DemoIssuer root, DemoIssuer people, X509Certificate2 revoked)
    {
        Directory.CreateDirectory(trust);
        var until = now + revocationListLifetime;
        var folderOfTrust = new TrustFolder(trust);
        folderOfTrust.Write(root, RootAlias, root.RevocationList([], now, until));
        folderOfTrust.Write(people, PeopleAlias, people.RevocationList([revoked], now, until));
        return until;
    }

    DemoCertificate WriteCertificate(DemoRole role, X509Certificate2 certificate, X509Certificate2 issuer, AsymmetricAlgorithm key)
    {
        var made = new DemoCertificate(
            role.Name,
            role.PurposeKey,
            role.MemberNumber,
            role.Subject,
            role.Email,
            $"{role.Name}.pem",
            $"{role.Name}-key.pem",
            $"{role.Name}.p12"
        );
        var there = made.In(certificates);
        new PemPair(there.PemPath, there.KeyPath).Write(key, certificate, issuer);
        using var issuerAlone = X509CertificateLoader.LoadCertificate(issuer.RawData); // an authority's key stays at home
        var both = new X509Certificate2Collection { certificate, issuerAlone };
        WholeFile.Write(
            there.P12Path,
            both.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, DemoAuthority.Password),
            secret: true
        );
        return made;
    }

    static bool IsComplete(DemoCertificate certificate) =>
        File.Exists(certificate.P12Path) && new PemPair(certificate.PemPath, certificate.KeyPath).IsWhole();
}
