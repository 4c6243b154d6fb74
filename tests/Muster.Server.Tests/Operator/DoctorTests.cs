using System.Diagnostics;
using System.Text.Json;
using Muster.Server.Operator.Demo;
using Muster.Server.Tests.Http;
using Xunit;

namespace Muster.Server.Tests.Operator;

/// <summary>The real executable looks at files and folders.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("muster-doctor-").FullName;
    private readonly DemoAuthority authority;
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public DoctorTests() =>
        authority = DemoAuthority.Prepare(folder, DemoCollaboration.Create(DateOnly.FromDateTime(now.UtcDateTime)), now);

    [Fact]
    public void A_good_certificate_is_drawn_as_a_chain_and_ends_with_zero()
    {
        var (exit, text) = Doctor("certificate", authority["on-list"].PemPath, "--data", folder);

        Assert.Equal(0, exit);
        Assert.Matches("^✓ /.*Demo Grid Root CA .*\n  ✓ /.*Demo Grid People CA .*\n    ✓ /", text);
        Assert.Contains("The certificate is good: " + authority["on-list"].Subject, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DemoCast.Expired, "certificate.expired")]
    [InlineData(DemoCast.Revoked, "certificate.revoked")]
    [InlineData(DemoCast.UnknownAuthority, "certificate.issuer-unknown")]
    public void A_bad_one_is_explained_and_ends_with_one(string which, string code)
    {
        var (exit, text) = Doctor("certificate", authority[which].PemPath, "--data", folder);
        var (jsonExit, json) = Doctor("certificate", authority[which].PemPath, "--data", folder, "--json");

        Assert.Equal((1, 1), (exit, jsonExit));
        Assert.Contains($"[{code}]", text, StringComparison.Ordinal);
        Assert.Equal(code, JsonDocument.Parse(json).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public void A_proxy_is_refused_or_on_request_traced_to_its_owner()
    {
        var owner = authority["on-list"];
        var proxy = new CertificateMill(folder, now).Proxy(owner, CertificateMill.RfcProxy("1.3.6.1.5.5.7.21.1"), "12345");
        var withKey = Path.Combine(folder, "x509up_u1000");
        File.WriteAllText(withKey, File.ReadAllText(proxy.PemPath) + File.ReadAllText(proxy.KeyPath));

        var (refused, text) = Doctor("certificate", withKey, "--data", folder);
        var (accepted, traced) = Doctor("certificate", withKey, "--data", folder, "--proxies");

        Assert.Equal((1, 0), (refused, accepted));
        Assert.Contains("[certificate.proxy]", text, StringComparison.Ordinal);
        Assert.Equal(
            ["✓", "✓", "✓", "✗"],
            text.Split('\n').Select(l => l.TrimStart()).TakeWhile(l => l.StartsWith('✓') || l.StartsWith('✗')).Select(l => l[..1])
        );
        Assert.EndsWith("The certificate is good: " + owner.Subject, traced.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_robots_is_good_and_told_as_one_with_the_way_to_the_help_of_this_installation()
    {
        var robot = new CertificateMill(folder, now).Person("Robot: Data Mover - Ada Lovelace");
        var (exit, text) = Doctor("certificate", robot.PemPath, "--data", folder);
        File.WriteAllText(Path.Combine(folder, "muster.json"), """{ "Portal": { "Origin": "https://muster.example:8443/" } }""");
        var (_, linked) = Doctor("certificate", robot.PemPath, "--data", folder);
        var (_, json) = Doctor("certificate", robot.PemPath, "--data", folder, "--json");

        Assert.Equal(0, exit);
        Assert.Contains("The certificate is good: " + robot.Subject, text, StringComparison.Ordinal);
        Assert.Contains("[certificate.robot]", text, StringComparison.Ordinal);
        Assert.EndsWith("More at the portal: /help/codes#certificate.robot", text.TrimEnd(), StringComparison.Ordinal);
        const string Help = "https://muster.example:8443/help/codes#certificate.robot";
        Assert.EndsWith("More at the portal: " + Help, linked.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(Help, JsonDocument.Parse(json).RootElement.GetProperty("help").GetString());
    }

    [Fact]
    public void Another_moment_can_be_asked_for()
    {
        var (then, text) = Doctor("certificate", authority["on-list"].PemPath, "--data", folder, "--at", $"{now.AddDays(500):yyyy-MM-dd}");
        var (wrong, complaint) = Doctor("certificate", authority["on-list"].PemPath, "--data", folder, "--at", "someday");

        Assert.Equal((1, 2), (then, wrong));
        Assert.Contains("[certificate.expired]", text, StringComparison.Ordinal);
        Assert.Contains("--at takes a moment", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_so()
    {
        var (exit, text) = Doctor("certificate", Path.Combine(folder, "nobody.pem"), "--data", folder);

        Assert.Equal(3, exit);
        Assert.Contains("cannot be read", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_file_of_the_trust_folder_is_named_with_its_line_and_disables_its_authority_alone()
    {
        var (whole, before) = Doctor("trust", "--data", folder);
        File.WriteAllText(Path.Combine(authority.TrustFolder, "DemoGridRootCA.namespaces"), "TO Issuer SELF\n  PERHAPS Subject \"/.*\"\n");
        File.WriteAllText(Path.Combine(authority.TrustFolder, "deadbeef.0"), "no certificate");
        var (broken, after) = Doctor("trust", "--data", folder);

        Assert.Equal((0, 1), (whole, broken));
        Assert.Contains("2 authorities, 1 of them roots, 1 subordinate", before, StringComparison.Ordinal);
        Assert.Contains("1 authorities, 0 of them roots", after, StringComparison.Ordinal);
        Assert.Matches(@"DemoGridRootCA\.namespaces:[12]: .*\[anchor\.namespaces-syntax\]", after);
        Assert.Matches(@"deadbeef\.0: .*\[anchor\.unreadable-certificate\]", after);
    }

    [Theory]
    [InlineData("namespaces")]
    [InlineData("signing_policy")]
    public void A_policy_that_cannot_be_opened_is_not_taken_for_none(string ending)
    {
        var policy = Path.Combine(authority.TrustFolder, "DemoGridPeopleCA." + ending);
        File.Delete(policy);
        File.CreateSymbolicLink(policy, Path.Combine(folder, "nowhere"));

        var (exit, text) = Doctor("trust", "--data", folder);
        var (checkedExit, _) = Doctor("certificate", authority["on-list"].PemPath, "--data", folder);

        Assert.Equal((1, 1), (exit, checkedExit));
        Assert.Contains("[anchor.unreadable-file]", text, StringComparison.Ordinal);
        Assert.Contains("1 authorities", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_cannot_be_opened_is_not_taken_for_none()
    {
        foreach (var list in Directory.GetFiles(authority.TrustFolder, "*.r0"))
        {
            File.Delete(list);
            File.CreateSymbolicLink(list, Path.Combine(folder, "nowhere"));
        }

        var (exit, text) = Doctor("certificate", authority[DemoCast.Revoked].PemPath, "--data", folder);

        Assert.Equal(1, exit);
        Assert.Contains("[certificate.crl-expired]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_may_not_be_read_is_said_so()
    {
        File.SetUnixFileMode(authority.TrustFolder, UnixFileMode.None);
        try
        {
            var (trust, text) = DoctorWithoutPrivileges("trust", "--data", folder);
            var (certificate, same) = DoctorWithoutPrivileges("certificate", authority["on-list"].PemPath, "--data", folder);

            Assert.Equal((3, 3), (trust, certificate));
            Assert.All(
                [text, same],
                said => Assert.StartsWith("muster: the trust anchors may not be read: ", said, StringComparison.Ordinal)
            );
            Assert.Contains(authority.TrustFolder, text, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(authority.TrustFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void A_list_out_of_date_is_named()
    {
        new CertificateMill(folder, now).Revoke(authority.TrustFolder, TimeSpan.FromDays(-3));

        var (exit, text) = Doctor("trust", "--data", folder);
        var (_, json) = Doctor("trust", "--data", folder, "--json");

        Assert.Equal(1, exit);
        Assert.Contains("1 with a list that is out of date", text, StringComparison.Ordinal);
        Assert.Matches("DemoGridPeopleCA: was due ", text);
        Assert.Contains("\"revocationList\":\"Expired\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void The_authorities_of_the_distribution_are_all_taken()
    {
        const string There = "/etc/grid-security/certificates";
        if (!Directory.Exists(There))
            Assert.Skip("No trust anchors are installed (Debian: apt-get install igtf-policy-classic).");

        var (exit, text) = Doctor("trust", "--trust", There);

        Assert.Equal(0, exit);
        Assert.DoesNotContain("[anchor.", text, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Muster => Path.Combine(AppContext.BaseDirectory, "muster");

    internal static (int Exit, string Text) Doctor(params string[] words) => Run(Muster, "doctor", words);

    /// <summary>Root reads everything, unless it goes without the right to.</summary>
    private static (int Exit, string Text) DoctorWithoutPrivileges(params string[] words) =>
        Environment.IsPrivilegedProcess
            ? Run("setpriv", "--bounding-set=-dac_override,-dac_read_search", [Muster, "doctor", .. words])
            : Doctor(words);

    private static (int Exit, string Text) Run(string program, string first, string[] words)
    {
        var start = new ProcessStartInfo(program, [first, .. words])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!; // null only with the shell
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}
