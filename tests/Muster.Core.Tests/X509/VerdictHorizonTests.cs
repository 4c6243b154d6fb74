using Muster.Core.X509;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using Xunit;

namespace Muster.Core.Tests.X509;

/// <summary>A verdict holds until the first thing it rests on changes by itself, also where that is a delta or somebody else's signature.</summary>
public sealed class VerdictHorizonTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly X509Name Authority = new("C=IT,O=Grid,CN=Authority");
    private static readonly AsymmetricCipherKeyPair AuthorityKey = Key();
    private static readonly AsymmetricCipherKeyPair SignerKey = Key();
    private static readonly byte[] Root = Certificate(
        Authority,
        AuthorityKey.Public,
        KeyUsage.KeyCertSign | KeyUsage.CrlSign,
        isAuthority: true
    );
    private static readonly byte[] RootThatSignsNoLists = Certificate(
        Authority,
        AuthorityKey.Public,
        KeyUsage.KeyCertSign,
        isAuthority: true
    );
    private static readonly byte[] Person = Certificate(
        new X509Name("C=IT,O=Grid,CN=Person"),
        Key().Public,
        KeyUsage.DigitalSignature,
        isAuthority: false
    );

    [Fact]
    public void A_good_one_until_the_delta_that_was_used_is_overdue_or_another_begins()
    {
        var complete = List(1, Now.AddDays(-1), Now.AddDays(10));
        var used = Delta(2, Now.AddHours(-1), Now.AddHours(5));

        Assert.Equal(Now.AddHours(5).AddTicks(1), Accepted(Root, complete, used).HoldsUntil);
        Assert.Equal(Now.AddHours(3), Accepted(Root, complete, used, Delta(3, Now.AddHours(3), Now.AddHours(9))).HoldsUntil);
    }

    [Fact]
    public void A_revoked_one_until_a_delta_that_may_lift_it_comes_into_use()
    {
        var complete = List(1, Now.AddDays(-1), Now.AddDays(10), CrlReason.CertificateHold);
        var lifts = Delta(2, Now.AddHours(3), Now.AddHours(9), CrlReason.RemoveFromCrl);

        var refused = Assert.IsType<CertificateVerdict.Refused>(Verify(Now, Root, complete, lifts));

        Assert.Equal(("certificate.revoked", Now.AddHours(3)), (refused.Reason.Code, refused.HoldsUntil));
        Assert.IsType<CertificateVerdict.Accepted>(Verify(Now.AddHours(3), Root, complete, lifts));
    }

    [Fact]
    public void A_good_one_until_the_certificate_of_the_lists_own_signer_ends()
    {
        var signer = Certificate(Authority, SignerKey.Public, KeyUsage.CrlSign, isAuthority: false, Now.AddHours(2));
        var list = List(1, Now.AddDays(-1), Now.AddDays(10), by: SignerKey);

        var accepted = Accepted(RootThatSignsNoLists, list, signer);
        Assert.Equal(Now.AddHours(2).AddSeconds(1), accepted.HoldsUntil);
        Assert.Empty(accepted.Warnings);
        var later = Verify(Now.AddHours(2).AddSeconds(1), RootThatSignsNoLists, list, signer);
        Assert.Equal("certificate.crl-missing", Assert.Single(Assert.IsType<CertificateVerdict.Accepted>(later).Warnings).Code);
    }

    private static CertificateVerdict.Accepted Accepted(byte[] root, params byte[][] more) =>
        Assert.IsType<CertificateVerdict.Accepted>(Verify(Now, root, more));

    private static CertificateVerdict Verify(DateTimeOffset now, byte[] root, params byte[][] more) =>
        CertificateCheck.Verify(
            Person,
            [],
            TrustAnchors.Read([
                new AnchorFile("ca.0", root),
                .. more.Select((der, i) => new AnchorFile(IsCertificate(der) ? $"signer.{i}" : $"ca.r{i}", der)),
            ]),
            now,
            new CheckPolicy()
        );

    private static bool IsCertificate(byte[] der) => ClientCertificate.Parse(der).IsSuccess;

    private static AsymmetricCipherKeyPair Key()
    {
        var generator = GeneratorUtilities.GetKeyPairGenerator("RSA");
        generator.Init(new KeyGenerationParameters(new SecureRandom(), 2048));
        return generator.GenerateKeyPair();
    }

    private static byte[] Certificate(X509Name subject, AsymmetricKeyParameter key, int usage, bool isAuthority, DateTimeOffset? end = null)
    {
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(new BigInteger(120, new SecureRandom()));
        generator.SetIssuerDN(Authority);
        generator.SetSubjectDN(subject);
        generator.SetNotBefore(Now.AddYears(-1).UtcDateTime);
        generator.SetNotAfter((end ?? Now.AddYears(1)).UtcDateTime);
        generator.SetPublicKey(key);
        generator.AddExtension(X509Extensions.BasicConstraints, critical: true, new BasicConstraints(isAuthority));
        generator.AddExtension(X509Extensions.KeyUsage, critical: true, new KeyUsage(usage));
        return generator.Generate(Signature(AuthorityKey)).GetEncoded();
    }

    private static byte[] List(
        int number,
        DateTimeOffset from,
        DateTimeOffset due,
        int? reason = null,
        int? baseNumber = null,
        AsymmetricCipherKeyPair? by = null
    )
    {
        var generator = new X509V2CrlGenerator();
        generator.SetIssuerDN(Authority);
        generator.SetThisUpdate(from.UtcDateTime);
        generator.SetNextUpdate(due.UtcDateTime);
        if (reason is { } why)
        {
            generator.AddCrlEntry(new Org.BouncyCastle.X509.X509Certificate(Person).SerialNumber, from.UtcDateTime, why);
        }

        generator.AddExtension(X509Extensions.CrlNumber, critical: false, new CrlNumber(BigInteger.ValueOf(number)));
        if (baseNumber is { } built)
        {
            generator.AddExtension(X509Extensions.DeltaCrlIndicator, critical: true, new CrlNumber(BigInteger.ValueOf(built)));
        }

        return generator.Generate(Signature(by ?? AuthorityKey)).GetEncoded();
    }

    private static byte[] Delta(int number, DateTimeOffset from, DateTimeOffset due, int? reason = null) =>
        List(number, from, due, reason, baseNumber: 1);

    private static Asn1SignatureFactory Signature(AsymmetricCipherKeyPair key) =>
        new(PkcsObjectIdentifiers.Sha256WithRsaEncryption.Id, key.Private);
}
