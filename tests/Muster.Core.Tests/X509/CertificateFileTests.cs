using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Muster.Core.X509;
using Xunit;

namespace Muster.Core.Tests.X509;

/// <summary>Certificates as people keep them in files.</summary>
public sealed class CertificateFileTests : IDisposable
{
    private readonly X509Certificate2 authority;
    private readonly X509Certificate2 person;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public CertificateFileTests()
    {
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var root = new CertificateRequest("CN=Root", key, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority = root.CreateSelfSigned(from, from.AddYears(5));
        var request = new CertificateRequest("CN=Jane Doe", key, HashAlgorithmName.SHA256);
        using var bare = request.Create(authority, from, from.AddYears(1), [0x41]);
        person = bare.CopyWithPrivateKey(key);
    }

    private string Person => person.ExportCertificatePem();

    private string Authority => authority.ExportCertificatePem();

    [Fact]
    public void The_persons_own_is_found_in_either_order_and_among_other_text()
    {
        foreach (
            var text in new[]
            {
                Person + "\n" + Authority,
                Authority + "\r\n" + Person,
                "Bag Attributes\n" + Person + "\nsubject=…\n" + Authority + "\n",
            }
        )
        {
            var file = Read(text).Value;

            Assert.Equal(person.RawData, file.Leaf);
            Assert.Equal(authority.RawData, Assert.Single(file.Others));
        }
    }

    [Fact]
    public void One_in_der_is_read_and_a_lone_authority_is_its_own_leaf()
    {
        Assert.Equal(person.RawData, CertificateFile.Read(person.RawData, permitsKeys: false).Value.Leaf);
        Assert.Equal(authority.RawData, Read(Authority).Value.Leaf);
    }

    [Fact]
    public void A_private_key_in_any_dress_is_refused_and_passed_over_only_on_request()
    {
        var keys = new[]
        {
            key.ExportPkcs8PrivateKeyPem(),
            key.ExportECPrivateKeyPem(),
            key.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1)),
        };

        Assert.All(keys, k => Assert.Equal("certificate.private-key", Read(Person + "\n" + k).Refusal.Code));
        Assert.All(keys, k => Assert.True(CertificateFile.Read(Encoding.ASCII.GetBytes(Person + "\n" + k), permitsKeys: true).IsSuccess));
        Assert.Equal("certificate.private-key", CertificateFile.Read(key.ExportPkcs8PrivateKey(), permitsKeys: false).Refusal.Code);
        Assert.Equal("certificate.private-key", CertificateFile.Read(key.ExportECPrivateKey(), permitsKeys: true).Refusal.Code);
    }

    [Fact]
    public void Other_files_are_refused_by_name()
    {
        Assert.Equal(
            "certificate.pkcs12",
            CertificateFile.Read(person.Export(X509ContentType.Pkcs12, "x"), permitsKeys: false).Refusal.Code
        );
        Assert.Equal("certificate.no-file", CertificateFile.Read([], permitsKeys: false).Refusal.Code);
        Assert.Equal("certificate.not-in-file", Read("-----BEGIN PGP MESSAGE-----\nAAAA\n-----END PGP MESSAGE-----\n").Refusal.Code);
        Assert.Equal("certificate.unreadable", Read(Person.Replace("MII", "MIX", StringComparison.Ordinal)).Refusal.Code);
        Assert.Equal(
            "certificate.file-too-large",
            CertificateFile.Read(new byte[CertificateFile.MaximumLength + 1], permitsKeys: false).Refusal.Code
        );
    }

    public void Dispose()
    {
        authority.Dispose();
        person.Dispose();
        key.Dispose();
    }

    private static Result<CertificateFile> Read(string text) => CertificateFile.Read(Encoding.UTF8.GetBytes(text), permitsKeys: false);
}
