using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Muster.Server.Operator.Demo;

namespace Muster.Server.Tests.Http;

/// <summary>What an applicant can bring that is not a plain personal certificate: made with the keys of the demo's authority.</summary>
internal sealed class CertificateMill(string folder, DateTimeOffset now)
{
    private const string Organisation = "/DC=org/DC=demo-grid/C=DE/O=Mill";
    private static int made;

    private string Authority(string file) => Path.Combine(folder, "authority", file);

    public X509Certificate2 People() =>
        X509Certificate2.CreateFromPemFile(Authority("DemoGridPeopleCA.pem"), Authority("DemoGridPeopleCA-key.pem"));

    public DateTimeOffset Now => now;

    public X509Certificate2 Root() =>
        X509Certificate2.CreateFromPemFile(Authority("DemoGridRootCA.pem"), Authority("DemoGridRootCA-key.pem"));

    public DemoCertificate Person(string commonName, Recipe? recipe = null) =>
        Subject($"{Organisation}/CN={commonName}", recipe ?? new Recipe());

    public DemoCertificate Subject(string slashForm, Recipe recipe)
    {
        using var people = recipe.Issuer?.Invoke() ?? People();
        using var key = recipe.Key();
        var request = Request(new DemoDistinguishedName(slashForm).ToX500(), key, recipe.Digest);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(recipe.IsAuthority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(recipe.Usage, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. recipe.Purposes.Select(p => new Oid(p))], false));
        foreach (var extension in recipe.More)
            request.CertificateExtensions.Add(extension);
        var from = now + recipe.From;
        var generator = recipe.Digest == HashAlgorithmName.SHA1 ? new Sha1Signatures(people.GetRSAPrivateKey()!) : Generator(people); // an RSA authority
        using var bare = request.Create(people.SubjectName, generator, from, from + recipe.Lifetime, Serial());
        return Write(bare, key, [.. recipe.Sends?.Invoke() ?? [people]], slashForm);
    }

    /// <summary>A proxy below any certificate; <paramref name="extension"/> null gives the kind from before RFC 3820.</summary>
    public DemoCertificate Proxy(DemoCertificate holder, X509Extension? extension, string commonName)
    {
        using var owner = X509Certificate2.CreateFromPemFile(holder.PemPath, holder.KeyPath);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(Below(owner.SubjectName, commonName), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        if (extension is not null)
            request.CertificateExtensions.Add(extension);
        using var bare = request.Create(owner.SubjectName, Generator(owner), now.AddHours(-1), now.AddHours(11), Serial());
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(holder.PemPath);
        return Write(bare, key, [.. chain], $"{holder.Subject}/CN={commonName}");
    }

    public static X509Extension RfcProxy(string language, int? pathLength = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            if (pathLength is { } length)
                writer.WriteInteger(length);
            using (writer.PushSequence())
                writer.WriteObjectIdentifier(language);
        }
        return new X509Extension("1.3.6.1.5.5.7.1.14", writer.Encode(), critical: true);
    }

    public static X509Extension DraftProxy(string language)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
            writer.WriteObjectIdentifier(language);
        return new X509Extension("1.3.6.1.4.1.3536.1.222", writer.Encode(), critical: true);
    }

    /// <summary>A new list of the people's authority in the trust folder.</summary>
    public void Revoke(string trustFolder, TimeSpan nextUpdate, params DemoCertificate[] revoked)
    {
        using var people = People();
        var der = RevocationList(people, now.AddDays(-60), now + nextUpdate, revoked);
        foreach (var file in Directory.EnumerateFiles(trustFolder, "*.r0"))
            if (IsOf(file, people))
                File.WriteAllText(file, PemEncoding.WriteString("X509 CRL", der) + "\n");
    }

    /// <summary>A list of the people's authority, as it publishes it.</summary>
    public byte[] RevocationList(TimeSpan nextUpdate, params DemoCertificate[] revoked) =>
        RevocationList(nextUpdate, TimeSpan.FromSeconds(-1), revoked);

    public byte[] RevocationList(TimeSpan nextUpdate, TimeSpan thisUpdate, params DemoCertificate[] revoked)
    {
        using var people = People();
        return RevocationList(people, now + thisUpdate, now + nextUpdate, revoked);
    }

    public static byte[] RevocationList(
        X509Certificate2 authority,
        DateTimeOffset thisUpdate,
        DateTimeOffset nextUpdate,
        IReadOnlyList<DemoCertificate> revoked
    )
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var one in revoked)
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(one.PemPath);
            list.AddEntry(certificate, thisUpdate.AddDays(-1), X509RevocationReason.KeyCompromise);
        }
        var number = thisUpdate.ToUnixTimeSeconds();
        return list.Build(authority, number, nextUpdate, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, thisUpdate);
    }

    private static bool IsOf(string crlFile, X509Certificate2 authority)
    {
        using var beside = X509CertificateLoader.LoadCertificateFromFile(Path.ChangeExtension(crlFile, ".0"));
        return beside.SubjectName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData);
    }

    private static X500DistinguishedName Below(X500DistinguishedName owner, string commonName)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            var names = new AsnReader(owner.RawData, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
                writer.WriteEncodedValue(names.ReadEncodedValue().Span);
            using (writer.PushSetOf())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("2.5.4.3");
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, commonName);
            }
        }
        return new X500DistinguishedName(writer.Encode());
    }

    private DemoCertificate Write(
        X509Certificate2 certificate,
        AsymmetricAlgorithm key,
        IReadOnlyList<X509Certificate2> sent,
        string subject
    )
    {
        var name = $"mill-{Interlocked.Increment(ref made)}";
        var there = Path.Combine(folder, "certificates");
        var (pem, keyPath) = (Path.Combine(there, name + ".pem"), Path.Combine(there, name + "-key.pem"));
        File.WriteAllText(pem, string.Join('\n', sent.Prepend(certificate).Select(c => c.ExportCertificatePem())) + "\n");
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        return new DemoCertificate(name, "demo.certificate.on-list", null, subject, "", pem, keyPath, "");
    }

    private static CertificateRequest Request(X500DistinguishedName subject, AsymmetricAlgorithm key, HashAlgorithmName digest) =>
        key is RSA rsa
            ? new CertificateRequest(subject, rsa, digest, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, digest);

    private static X509SignatureGenerator Generator(X509Certificate2 issuer) =>
        issuer.GetRSAPrivateKey() is { } rsa
            ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
            : X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!); // made with one of the two

    /// <summary>The platform signs no certificates so any more.</summary>
    private sealed class Sha1Signatures(RSA key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
            Convert.FromHexString("300D06092A864886F70D0101050500"); // sha1WithRSAEncryption, NULL

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key.SignData(data, HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1);

        protected override PublicKey BuildPublicKey() => new(key);
    }

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(12);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}

/// <summary>How a certificate differs from a plain personal one.</summary>
internal sealed record Recipe
{
    public Func<AsymmetricAlgorithm> Key { get; init; } = () => ECDsa.Create(ECCurve.NamedCurves.nistP256);
    public HashAlgorithmName Digest { get; init; } = HashAlgorithmName.SHA256;
    public X509KeyUsageFlags Usage { get; init; } = X509KeyUsageFlags.DigitalSignature;
    public IReadOnlyList<string> Purposes { get; init; } = ["1.3.6.1.5.5.7.3.2"];
    public IReadOnlyList<X509Extension> More { get; init; } = [];
    public bool IsAuthority { get; init; }
    public TimeSpan From { get; init; } = TimeSpan.FromHours(-1);
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(100);
    public Func<X509Certificate2>? Issuer { get; init; }
    public Func<IReadOnlyList<X509Certificate2>>? Sends { get; init; }
}
