using System.Formats.Asn1;
using System.Net;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Muster.Server.Operator.Demo;

/// <summary>One certification authority of the demo, with its key.</summary>
internal sealed class DemoIssuer(DemoDistinguishedName name, X509Certificate2 certificate) : IDisposable
{
    static readonly TimeSpan lifetime = TimeSpan.FromDays(3650);

    // The certificates of the demo that have expired need an authority that was there before them.
    static readonly TimeSpan age = TimeSpan.FromDays(730);

    public DemoDistinguishedName Name { get; } = name;

    public X509Certificate2 Certificate { get; } = certificate;

    public string RevocationListUrl => $"http://crl.demo-grid.example/{Name.Hash}.crl";

    public static DemoIssuer SelfSigned(string slashForm, AsymmetricAlgorithm key, DateTimeOffset now)
    {
        var subject = new DemoDistinguishedName(slashForm);
        var request = Authority(subject, key, null);
        var serial = NewSerial();
        using var bare = request.Create(subject.ToX500(), Generator(key), now - age, now + lifetime, serial);
        return new DemoIssuer(subject, WithKey(bare, key));
    }

    public DemoIssuer Subordinate(string slashForm, AsymmetricAlgorithm key, DateTimeOffset now)
    {
        var subject = new DemoDistinguishedName(slashForm);
        var request = Authority(subject, key, 0);
        request.CertificateExtensions.Add(RevocationLists());
        return new DemoIssuer(subject, Issue(request, key, now - age, now + lifetime));
    }

    public X509Certificate2 IssuePerson(string slashForm, string email, AsymmetricAlgorithm key, DateTimeOffset from, DateTimeOffset until)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress(email);
        return Issue(EndEntity(slashForm, key, names, "1.3.6.1.5.5.7.3.2"), key, from, until);
    }

    public X509Certificate2 IssueServer(string slashForm, AsymmetricAlgorithm key, DateTimeOffset from, DateTimeOffset until)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        return Issue(EndEntity(slashForm, key, names, "1.3.6.1.5.5.7.3.1"), key, from, until);
    }

    public string RevocationList(IEnumerable<X509Certificate2> revoked, DateTimeOffset now, DateTimeOffset nextUpdate)
    {
        var list = new CertificateRevocationListBuilder();
        foreach (var one in revoked)
        {
            list.AddEntry(one, new DateTimeOffset(one.NotBefore), X509RevocationReason.KeyCompromise);
        }

        var padding = Certificate.GetRSAPublicKey() is null ? null : RSASignaturePadding.Pkcs1;
        var number = new BigInteger(now.ToUnixTimeSeconds());
        var der = list.Build(Certificate, number, nextUpdate, HashAlgorithmName.SHA256, padding, now);
        return PemEncoding.WriteString("X509 CRL", der) + "\n";
    }

    public void Dispose() => Certificate.Dispose();

    static CertificateRequest Authority(DemoDistinguishedName name, AsymmetricAlgorithm key, int? pathLength)
    {
        var request = Request(name, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, pathLength is not null, pathLength ?? 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request;
    }

    CertificateRequest EndEntity(string slashForm, AsymmetricAlgorithm key, SubjectAlternativeNameBuilder names, string usage)
    {
        var request = Request(new DemoDistinguishedName(slashForm), key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment, true)
        );
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(Policies());
        request.CertificateExtensions.Add(RevocationLists());
        return request;
    }

    static CertificateRequest Request(DemoDistinguishedName name, AsymmetricAlgorithm key)
    {
        var request = key is RSA rsa
            ? new CertificateRequest(name.ToX500(), rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name.ToX500(), (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }

    X509Certificate2 Issue(CertificateRequest request, AsymmetricAlgorithm key, DateTimeOffset from, DateTimeOffset until)
    {
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        using AsymmetricAlgorithm signer = Certificate.GetRSAPrivateKey() ?? (AsymmetricAlgorithm)Certificate.GetECDsaPrivateKey()!; // made here, with a key
        using var bare = request.Create(Certificate.SubjectName, Generator(signer), from, until, NewSerial());
        return WithKey(bare, key);
    }

    static X509SignatureGenerator Generator(AsymmetricAlgorithm key) =>
        key is RSA rsa
            ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
            : X509SignatureGenerator.CreateForECDsa((ECDsa)key);

    static X509Certificate2 WithKey(X509Certificate2 bare, AsymmetricAlgorithm key) =>
        key is RSA rsa ? bare.CopyWithPrivateKey(rsa) : bare.CopyWithPrivateKey((ECDsa)key);

    X509Extension RevocationLists() => CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([RevocationListUrl]);

    // RFC 5280 §4.2.1.4. The arc 2.999 is there for examples: a demo must not claim an accredited profile.
    static X509Extension Policies()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("2.999.1");
        }

        return new X509Extension("2.5.29.32", writer.Encode(), false);
    }

    static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40); // positive, and no leading zero octet
        return serial;
    }
}
