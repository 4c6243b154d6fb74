using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

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

    string ManifestPath => Path.Combine(certificates, "manifest.json");

    public DemoAuthority Open(DemoManifest manifest, bool kept) =>
        new(
            trust,
            Path.Combine(tls, "localhost.pem"),
            Path.Combine(tls, "localhost-key.pem"),
            [.. manifest.Certificates.Select(c => c.In(certificates))],
            kept
        );

    /// <summary>What an earlier run left, with fresh revocation lists where due; null if any of it is missing, foreign or nearly over.</summary>
    public DemoManifest? Keep(IReadOnlyList<DemoRole> roles)
    {
        if (
            DemoManifest.Read(ManifestPath) is not { Certificates: not null } manifest
            || manifest.UsableUntil < now + renewBefore
            || manifest.Certificates.Count != roles.Count
            || !manifest.Certificates.Zip(roles).All(pair => pair.First.IsFor(pair.Second) && IsComplete(pair.First.In(certificates)))
            || !IsPair(Path.Combine(tls, "localhost.pem"), Path.Combine(tls, "localhost-key.pem"))
        )
        {
            return null;
        }

        if (!IsPair(AuthorityPem(RootAlias), AuthorityKey(RootAlias)) || !IsPair(AuthorityPem(PeopleAlias), AuthorityKey(PeopleAlias)))
        {
            return null;
        }

        using var root = OpenIssuer(RootName, RootAlias);
        using var people = OpenIssuer(PeopleName, PeopleAlias);
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
        WriteIssuer(root, rootKey, RootAlias);
        WriteIssuer(people, peopleKey, PeopleAlias);

        var until = now + certificateLifetime;
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        using (var server = people.IssueServer(ServerName, key, now.AddHours(-1), until))
        {
            WritePair(Path.Combine(tls, "localhost.pem"), Path.Combine(tls, "localhost-key.pem"), server, people.Certificate, key);
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
        WritePair(there.PemPath, there.KeyPath, certificate, issuer, key);
        using var issuerAlone = X509CertificateLoader.LoadCertificate(issuer.RawData); // an authority's key stays at home
        var both = new X509Certificate2Collection { certificate, issuerAlone };
        WholeFile.Write(
            there.P12Path,
            both.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, DemoAuthority.Password),
            secret: true
        );
        return made;
    }

    static void WritePair(string pem, string keyPath, X509Certificate2 certificate, X509Certificate2 issuer, AsymmetricAlgorithm key)
    {
        WholeFile.Write(keyPath, key.ExportPkcs8PrivateKeyPem() + "\n", secret: true);
        WholeFile.Write(pem, $"{certificate.ExportCertificatePem()}\n{issuer.ExportCertificatePem()}\n");
    }

    string AuthorityPem(string alias) => Path.Combine(authority, $"{alias}.pem");

    string AuthorityKey(string alias) => Path.Combine(authority, $"{alias}-key.pem");

    void WriteIssuer(DemoIssuer issuer, AsymmetricAlgorithm key, string alias)
    {
        WholeFile.Write(AuthorityKey(alias), key.ExportPkcs8PrivateKeyPem() + "\n", secret: true);
        WholeFile.Write(AuthorityPem(alias), issuer.Certificate.ExportCertificatePem() + "\n");
    }

    DemoIssuer OpenIssuer(string name, string alias) =>
        new(new DemoDistinguishedName(name), X509Certificate2.CreateFromPemFile(AuthorityPem(alias), AuthorityKey(alias)));

    static bool IsComplete(DemoCertificate certificate) =>
        File.Exists(certificate.P12Path) && IsPair(certificate.PemPath, certificate.KeyPath);

    static bool IsPair(string pem, string key)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPemFile(pem, key);
            return pair.HasPrivateKey;
        }
        catch (Exception unreadable) when (unreadable is IOException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
