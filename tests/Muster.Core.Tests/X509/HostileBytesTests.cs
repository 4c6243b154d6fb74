using CsCheck;
using Muster.Core.X509;
using Xunit;

namespace Muster.Core.Tests.X509;

/// <summary>Random and mutated input: every parser answers with a value or a refusal, never with an exception.</summary>
public class HostileBytesTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Random_bytes_never_throw()
    {
        Gen.Byte.Array[0, 300].Sample(bytes => ParseAll(bytes), iter: 3000);
    }

    [Fact]
    public void Random_text_never_throws()
    {
        Gen.OneOf(Gen.String, Gen.String["/CNOE=+\\x.\"'\n #*"])
            .Sample(
                text =>
                {
                    _ = DistinguishedName.ParseSlash(text);
                    _ = Namespaces.Read("TO Issuer \"/CN=x\" PERMIT Subject \"" + text);
                    _ = SigningPolicy.Read("access_id_CA X509 '/CN=x'\npos_rights globus CA:sign\ncond_subjects globus '" + text);
                },
                iter: 3000
            );
    }

    [Fact]
    public void Mutated_certificates_and_crls_never_throw()
    {
        var seeds = Vectors
            .Of("pkits")
            .Where(f => f.Key.EndsWith(".crt", StringComparison.Ordinal) || f.Key.EndsWith(".crl", StringComparison.Ordinal))
            .Select(f => f.Value)
            .Take(400)
            .ToArray();
        var mutation = Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[1, 6]);

        mutation.Sample(
            (seed, changes) =>
            {
                var bytes = seeds[seed].ToArray();
                foreach (var (at, value) in changes)
                {
                    bytes[at % bytes.Length] = value;
                }

                ParseAll(bytes);
            },
            iter: 4000
        );
    }

    [Theory]
    [InlineData("certificate")]
    [InlineData("check")]
    [InlineData("list")]
    [InlineData("file")]
    [InlineData("name")]
    [InlineData("policy")]
    public void What_the_fuzzer_found_interesting_never_throws(string target)
    {
        using var seeds = typeof(HostileBytesTests).Assembly.GetManifestResourceStream("seeds/" + target);
        Assert.NotNull(seeds);
        using var lines = new StreamReader(seeds);
        var tried = 0;
        while (lines.ReadLine() is { } line)
        {
            Fuzz.Targets.All[target](Convert.FromBase64String(line));
            tried++;
        }

        Assert.True(tried > 1);
    }

    [Fact]
    public void Every_target_of_the_fuzzer_has_its_seeds()
    {
        var seeds = typeof(HostileBytesTests)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith("seeds/", StringComparison.Ordinal));

        Assert.Equal(Fuzz.Targets.All.Keys.Select(k => "seeds/" + k).Order(StringComparer.Ordinal), seeds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var nested = new byte[60_000];
        for (var i = 0; i + 4 <= nested.Length; i += 4)
        {
            var rest = nested.Length - i - 4;
            (nested[i], nested[i + 1], nested[i + 2], nested[i + 3]) = (0x30, 0x82, (byte)(rest >> 8), (byte)rest);
        }

        Assert.Equal("certificate.unreadable", ClientCertificate.Parse(nested).Refusal.Code);
        Assert.Equal("name.unreadable", DistinguishedName.Parse(nested).Refusal.Code);
    }

    private static void ParseAll(byte[] bytes)
    {
        _ = DistinguishedName.Parse(bytes);
        _ = ClientCertificate.Parse(bytes);
        var anchors = TrustAnchors.Read([
            new("a.0", bytes),
            new("a.r0", bytes),
            new("a.namespaces", bytes),
            new("a.signing_policy", bytes),
            new("a.info", bytes),
        ]);
        _ = CertificateCheck.Verify(bytes, [bytes], anchors, Now, new CheckPolicy { PermitsProxies = true });
    }
}
