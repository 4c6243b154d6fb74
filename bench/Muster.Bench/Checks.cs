using System.Diagnostics;
using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Muster.Core.X509;
using Muster.Server.Operator.Demo;
using Muster.Server.Web;

namespace Muster.Bench;

/// <summary>
/// CPU of one judgement on a person's certificate (path, lists of revoked certificates, namespaces and signing policy): the first time it is met,
/// again, and with a list of a million revoked serials; and how long the real anchors take to load.
/// </summary>
internal static class Checks
{
    private const int People = 300;
    private const int Rounds = 5;
    private const int Revoked = 1_000_000;
    private const string RealAnchors = "/etc/grid-security/certificates";

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("muster-bench-").FullName;
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            var authority = DemoAuthority.Prepare(folder, DemoCollaboration.Create(DateOnly.FromDateTime(now.UtcDateTime)), now);
            var people = Enumerable.Range(0, People).Select(i => Issue(folder, i, now)).ToList();

            var few = TrustAnchors.Read(AnchorFiles.Read(authority.TrustFolder).Files);
            var many = TrustAnchors.Read([.. AnchorFiles.Read(authority.TrustFolder).Files.Select(f => WithMany(f, folder, now))]);
            // The judgement itself remembers no person; what is warmed up is the runtime. Turn by turn, so that both meet the same machine.
            for (var warm = 0; warm < 5; warm++)
                FirstTime(people, few, now);
            var (one, million) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                one.AddRange(FirstTime(people, few, now));
                million.AddRange(FirstTime(people, many, now));
            }
            var (plain, loaded) = (new Spread(one), new Spread(million));
            Program.Say(
                $"check: a certificate never met before in {plain.Median:F0} µs (p99 {plain.At(0.99):F0}), one met before in {Again(authority.TrustFolder, people):F1} µs"
            );
            Program.Say(
                $"check: with {Revoked:N0} revoked serials {loaded.Median:F0} µs, {loaded.Median / plain.Median:F2} times as long as with one"
            );
            LoadRealAnchors();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] Issue(string folder, int number, DateTimeOffset now)
    {
        var subject = string.Create(CultureInfo.InvariantCulture, $"{DemoIdentifiers.SubjectPrefix}/C=DE/O=Bench/CN=Person {number}");
        var name = string.Create(CultureInfo.InvariantCulture, $"bench-{number}");
        var made = DemoAuthority.Issue(folder, name, subject, "person@bench.example", 0, now);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(made.PemPath);
        return certificate.RawData;
    }

    private static List<double> FirstTime(List<byte[]> people, TrustAnchors anchors, DateTimeOffset now) =>
        people.ConvertAll(der => Timed(() => Judge(der, anchors, now)));

    private static void Judge(byte[] der, TrustAnchors anchors, DateTimeOffset now)
    {
        if (CertificateCheck.Verify(der, [], anchors, now, new CheckPolicy()) is not CertificateVerdict.Accepted)
            throw new InvalidOperationException("A certificate that is good was refused.");
    }

    private static double Again(string trustFolder, List<byte[]> people)
    {
        using var trust = new Muster.Server.Web.TrustFolder(
            Options.Create(new PortalOptions { TrustFolder = trustFolder }),
            TimeProvider.System,
            NullLogger<Muster.Server.Web.TrustFolder>.Instance
        );
        var certificates = new ClientCertificates(trust, TimeProvider.System);
        var chains = people.ConvertAll(der => new PresentedChain(der, []));
        foreach (var chain in chains)
            certificates.Judge(chain);
        return new Spread(Enumerable.Range(0, 20).SelectMany(_ => chains).Select(chain => Timed(() => certificates.Judge(chain)))).Median;
    }

    private static AnchorFile WithMany(AnchorFile file, string folder, DateTimeOffset now)
    {
        if (!file.Name.EndsWith(".r0", StringComparison.Ordinal))
            return file;
        var authority = Path.Combine(folder, "authority");
        using var people = X509Certificate2.CreateFromPemFile(
            Path.Combine(authority, "DemoGridPeopleCA.pem"),
            Path.Combine(authority, "DemoGridPeopleCA-key.pem")
        );
        var der = ManyRevoked(people, now);
        using var beside = X509CertificateLoader.LoadCertificateFromFile(
            Path.Combine(folder, "trust", Path.ChangeExtension(file.Name, ".0"))
        );
        return beside.SubjectName.RawData.AsSpan().SequenceEqual(people.SubjectName.RawData) ? new AnchorFile(file.Name, der) : file;
    }

    /// <summary>RFC 5280 §5.1, written by hand: the platform's builder looks through all entries for each new one.</summary>
    private static byte[] ManyRevoked(X509Certificate2 authority, DateTimeOffset now)
    {
        const string Sha256WithRsa = "1.2.840.113549.1.1.11";
        static void Algorithm(AsnWriter to)
        {
            using (to.PushSequence())
            {
                to.WriteObjectIdentifier(Sha256WithRsa);
                to.WriteNull();
            }
        }
        var tbs = new AsnWriter(AsnEncodingRules.DER, 64 << 20); // it grows by a kilobyte at a time
        using (tbs.PushSequence())
        {
            tbs.WriteInteger(1);
            Algorithm(tbs);
            tbs.WriteEncodedValue(authority.SubjectName.RawData);
            tbs.WriteUtcTime(now);
            tbs.WriteUtcTime(now.AddDays(5));
            using (tbs.PushSequence())
                for (var i = 0; i < Revoked; i++)
                    using (tbs.PushSequence())
                    {
                        // Spread as random serials are, and never one of ours, which begin with 4 to 7.
                        var serial = SHA256.HashData(BitConverter.GetBytes(i)).AsSpan(0, 16);
                        serial[0] = 0x01;
                        tbs.WriteInteger(serial);
                        tbs.WriteUtcTime(now.AddDays(-1));
                    }
        }
        var signed = tbs.Encode();
        using var key = authority.GetRSAPrivateKey()!; // the demo's authorities have RSA keys
        var list = new AsnWriter(AsnEncodingRules.DER, 64 << 20);
        using (list.PushSequence())
        {
            list.WriteEncodedValue(signed);
            Algorithm(list);
            list.WriteBitString(key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
        return list.Encode();
    }

    private static void LoadRealAnchors()
    {
        if (!Directory.Exists(RealAnchors))
        {
            Program.Say($"check: no anchors in {RealAnchors} to load (Debian: igtf-policy-classic)");
            return;
        }
        TrustAnchors.Read(AnchorFiles.Read(RealAnchors).Files);
        var anchors = TrustAnchors.None;
        var times = Enumerable.Range(0, 5).Select(_ => Timed(() => anchors = TrustAnchors.Read(AnchorFiles.Read(RealAnchors).Files)));
        var seconds = new Spread(times).Median / 1e6;
        Program.Say($"check: {anchors.All.Count} anchors of {RealAnchors} in {seconds:F2} s, {anchors.Problems.Count} problems");
    }

    private static double Timed(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }
}
