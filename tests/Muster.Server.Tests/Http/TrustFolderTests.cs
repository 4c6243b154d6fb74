using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Muster.Core.X509;
using Muster.Server.Web;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Files of the trust folder break, and the folder itself goes away, while the portal runs.</summary>
public sealed class TrustFolderTests(Portal portal) : IClassFixture<Portal>, IDisposable
{
    private const string Good = "It is on the members list";
    private readonly LogLines log = new(typeof(TrustFolder));

    private string Folder => portal.Authority.TrustFolder;

    [Theory]
    [InlineData("DemoGridPeopleCA.namespaces", "# fine\nTO Issuer nonsense", "2: anchor.namespaces-syntax")]
    [InlineData("DemoGridPeopleCA.signing_policy", "nonsense", "1: anchor.signing-policy-syntax")]
    public async Task A_policy_that_breaks_disables_its_authority_until_it_is_mended_and_is_named_in_log_and_health(
        string file,
        string broken,
        string named
    )
    {
        Listen();
        using var visitor = portal.Visit(portal.NextMember());
        var whole = await ReadAsync(file);
        Assert.Contains(Good, await CheckAsync(visitor), StringComparison.Ordinal);

        await WriteAsync(file, broken);
        await AssertHealthAsync((file, named.Split(' ')[1]));
        Assert.Contains("#certificate.issuer-unknown\"", await CheckAsync(visitor), StringComparison.Ordinal);
        Assert.Contains($"Warning: Trust folder: {file}, line {named}", log.Lines);

        await WriteAsync(file, whole);
        await AssertHealthAsync();
        Assert.Contains(Good, await CheckAsync(visitor), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_breaks_is_named_in_log_and_health_and_disables_no_other()
    {
        Listen();
        using var visitor = portal.Visit(portal.NextMember());

        await WriteAsync("deadbeef.0", "no certificate");
        await AssertHealthAsync(("deadbeef.0", "anchor.unreadable-certificate"));
        Assert.Contains(Good, await CheckAsync(visitor), StringComparison.Ordinal);
        Assert.Contains("Warning: Trust folder: deadbeef.0, line 0: anchor.unreadable-certificate", log.Lines);

        File.Delete(Path.Combine(Folder, "deadbeef.0"));
        await AssertHealthAsync();
    }

    [Fact]
    public async Task A_folder_that_is_away_while_it_is_looked_at_changes_nothing_and_is_named()
    {
        Listen();
        using var visitor = portal.Visit(portal.NextMember());

        Directory.Move(Folder, Folder + ".away");
        try
        {
            await AssertHealthAsync((Path.GetFileName(Folder), "anchor.folder-missing"));
            Assert.Contains(Good, await CheckAsync(visitor), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Move(Folder + ".away", Folder);
        }
        await AssertHealthAsync();

        Assert.Contains(Good, await CheckAsync(visitor), StringComparison.Ordinal);
        Assert.Equal(["Error: The trust folder could not be read; what was read last stays in use"], log.Lines);
    }

    [Theory]
    [InlineData(false, "anchor.folder-missing")]
    [InlineData(true, "anchor.folder-missing")]
    public async Task A_folder_that_cannot_be_read_at_the_start_is_named_and_taken_once_it_can(bool isInTheWay, string code)
    {
        var ct = TestContext.Current.CancellationToken;
        var home = Directory.CreateTempSubdirectory("muster-trust-").FullName;
        var path = Path.Combine(home, "anchors");
        if (isInTheWay)
            await File.WriteAllTextAsync(path, "no folder", ct);
        var clock = new FakeTimeProvider();
        var options = Options.Create(new PortalOptions { TrustFolder = path });
        using var trust = new TrustFolder(options, clock, NullLogger<TrustFolder>.Instance);

        await trust.StartAsync(ct);
        Assert.Empty(trust.Current.All);
        Assert.Equal([new AnchorProblem("anchors", code)], trust.Problems);

        File.Delete(path);
        var made = Directory.CreateDirectory(path + ".new").FullName;
        foreach (var file in Directory.EnumerateFiles(Folder))
            File.Copy(file, Path.Combine(made, Path.GetFileName(file)));
        Directory.Move(made, path);
        for (var tries = 0; tries < 200 && trust.Problems.Count > 0; tries++)
        {
            clock.Advance(TimeSpan.FromSeconds(6));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ct);
        }
        Assert.Empty(trust.Problems);
        Assert.Equal(2, trust.Current.All.Count);

        await trust.StopAsync(ct);
        Directory.Delete(home, recursive: true);
    }

    public void Dispose() => log.Dispose();

    private void Listen() => portal.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(Folder, file), TestContext.Current.CancellationToken);

    private Task WriteAsync(string file, string text) =>
        File.WriteAllTextAsync(Path.Combine(Folder, file), text, TestContext.Current.CancellationToken);

    private async Task<string> CheckAsync(Visitor visitor) => (await visitor.GetAsync(portal.Options.CertificateLink("/certificate"))).Html;

    /// <summary>The portal stays ready and names this, once it has looked again.</summary>
    private async Task AssertHealthAsync(params (string? File, string? Code)[] expected)
    {
        using var monitor = portal.Visit();
        List<(string? File, string? Code)> named = [];
        for (var tries = 0; tries < 200; tries++)
        {
            portal.Tick(TimeSpan.FromSeconds(6));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            var (status, health) = await monitor.JsonAsync(HttpMethod.Get, "/health/ready");
            Assert.Equal(200, status);
            named =
            [
                .. health
                    .GetProperty("anchorProblems")
                    .EnumerateArray()
                    .Select(problem => (problem.GetProperty("file").GetString(), problem.GetProperty("code").GetString())),
            ];
            if (named.SequenceEqual(expected))
                break;
        }
        Assert.Equal(expected, named);
    }
}
