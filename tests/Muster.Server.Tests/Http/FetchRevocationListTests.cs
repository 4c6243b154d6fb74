using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Operator.Demo;
using Muster.Server.Tests.Journeys;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>A portal that fetches lists from an authority's web server, which stands on the loopback.</summary>
public sealed class FetchingPortal : Portal
{
    private readonly HttpListener web = new();
    private readonly int port = DemoProcess.FreePorts();

    /// <summary>What the authority publishes; null for an error.</summary>
    public byte[]? Published { get; set; }

    /// <summary>Where whoever asks for the list is sent instead; null for nowhere.</summary>
    public string? Elsewhere { get; set; }

    /// <summary>Completed by the next who asks, who gets no answer then; null for an answer.</summary>
    public TaskCompletionSource? Silence { get; set; }

    /// <summary>Another host in the same private network.</summary>
    public string Neighbour => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.2:{port}/");

    protected override IReadOnlyDictionary<string, string?> MoreSettings =>
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Trust:FetchRevocationLists"] = "true" };

    private protected override void Dress(DemoAuthority made)
    {
        var origin = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
        foreach (var file in Directory.EnumerateFiles(made.TrustFolder, "*.crl_url"))
            File.WriteAllText(file, file.Contains("People", StringComparison.Ordinal) ? origin + "people.crl\n" : origin + "root.crl\n");
        web.Prefixes.Add(origin);
        web.Prefixes.Add(Neighbour);
        web.Start();
        _ = ServeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        web.Close();
        await base.DisposeAsync();
    }

    /// <summary>So many turns, each to the same place with one more in the address; then the list itself.</summary>
    public int Turns { get; set; }

    private string? NextTurn(string url)
    {
        var taken = url.Split('?') is [_, var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 0;
        return (url.Contains('?', StringComparison.Ordinal) ? null : Elsewhere)
            ?? (taken < Turns ? string.Create(CultureInfo.InvariantCulture, $"/people.crl?{taken + 1}") : null);
    }

    private async Task ServeAsync()
    {
        while (web.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await web.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            if (context.Request.RawUrl == "/people.crl" && Silence is { } silence)
            {
                Silence = null;
                silence.SetResult();
                continue;
            }
            if (context.Request.RawUrl!.StartsWith("/people.crl", StringComparison.Ordinal) && NextTurn(context.Request.RawUrl) is { } next)
            {
                context.Response.Redirect(next);
                context.Response.Close();
                continue;
            }
            var body = context.Request.RawUrl!.StartsWith("/people.crl", StringComparison.Ordinal) ? Published : null;
            context.Response.StatusCode = body is null ? 500 : 200;
            if (body is not null)
                await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
    }
}

public sealed class FetchRevocationListTests(FetchingPortal portal) : IClassFixture<FetchingPortal>
{
    private static readonly TimeSpan Turn = TimeSpan.FromHours(7);

    [Fact]
    public async Task A_fresh_list_is_taken_over_and_everything_else_is_refused_and_named()
    {
        var me = portal.NextMember();
        await AssertCheckAsync(me, "It is on the members list");

        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10), me);
        await FetchAsync("anchor.crl-unreachable"); // of the other authority, which publishes nothing
        await AssertCheckAsync(me, "was revoked on");
        var files = Directory.GetFiles(portal.Authority.TrustFolder, "*.r0").Length;

        // Older, foreign, mutilated, useless: the list in use stays.
        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10), TimeSpan.FromDays(-2));
        await FetchAsync("anchor.crl-unreachable");
        portal.Published = Foreign();
        await FetchAsync("anchor.crl-wrong-signer");
        portal.Published = "<html>moved</html>"u8.ToArray();
        await FetchAsync("anchor.crl-not-a-list");
        portal.Published = portal.Mill.RevocationList(TimeSpan.FromMinutes(-1), TimeSpan.FromHours(-1));
        await FetchAsync("anchor.crl-out-of-date");
        portal.Published = null;
        await FetchAsync("anchor.crl-unreachable");
        await AssertCheckAsync(me, "was revoked on");

        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10));
        await FetchAsync("anchor.crl-unreachable");
        await AssertCheckAsync(me, "It is on the members list");
        Assert.Equal(files, Directory.GetFiles(portal.Authority.TrustFolder, "*.r0").Length);
        Assert.Empty(Directory.GetFiles(portal.Authority.TrustFolder, "*.unfinished"));
    }

    [Fact]
    public async Task A_list_that_has_moved_is_followed_three_times_and_not_a_fourth()
    {
        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10), TimeSpan.FromSeconds(-1));
        portal.Turns = 4;
        await AssertPeopleAsync("anchor.crl-unreachable");

        portal.Turns = 3;
        await AssertPeopleAsync(null);
        portal.Turns = 0;
    }

    [Theory]
    [InlineData("file:///etc/hostname")]
    [InlineData("ftp://127.0.0.1/people.crl")]
    [InlineData("//")]
    [InlineData("https://127.0.0.1:1/people.crl")]
    public async Task A_list_that_has_moved_to_where_we_do_not_go_is_named_and_the_next_turn_comes(string elsewhere)
    {
        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10), TimeSpan.FromSeconds(-1));
        portal.Elsewhere = elsewhere;
        await AssertPeopleAsync("anchor.crl-unreachable");

        portal.Elsewhere = null;
        await AssertPeopleAsync(null);
    }

    [Fact]
    public async Task A_list_that_has_moved_into_a_private_network_is_not_followed_there_and_one_that_the_operator_names_there_is()
    {
        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10), TimeSpan.FromSeconds(-1));
        portal.Elsewhere = portal.Neighbour + "people.crl?1";
        await AssertPeopleAsync("anchor.crl-unreachable");

        var named = Directory.GetFiles(portal.Authority.TrustFolder, "*People*.crl_url").Single();
        var before = await File.ReadAllTextAsync(named, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(named, portal.Elsewhere + "\n", TestContext.Current.CancellationToken);
        await AssertPeopleAsync(null);
        portal.Elsewhere = null;
        await File.WriteAllTextAsync(named, before, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("127.0.0.1")] // the named host, at another port
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("localhost")]
    public async Task Whoever_listens_in_a_private_network_is_not_even_called(string host)
    {
        using var neighbour = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        neighbour.Start();
        portal.Elsewhere = string.Create(CultureInfo.InvariantCulture, $"http://{host}:{((IPEndPoint)neighbour.LocalEndpoint).Port}/");
        await AssertPeopleAsync("anchor.crl-unreachable");
        portal.Elsewhere = null;

        Assert.False(neighbour.Pending());
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("::ffff:10.1.2.3", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.0.2.1", true)]
    [InlineData("2001:db8::1", true)]
    public void Redirects_lead_to_public_addresses(string address, bool may) =>
        Assert.Equal(may, Trust.ListConnection.MayBeSentTo(IPAddress.Parse(address)));

    [Fact]
    public async Task A_list_without_end_is_given_up()
    {
        portal.Published = new byte[Core.X509.FetchedList.MaximumLength + 1];
        await AssertPeopleAsync("anchor.crl-unreachable");

        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10), TimeSpan.FromSeconds(-1));
        await AssertPeopleAsync(null);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_a_minute()
    {
        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10), TimeSpan.FromSeconds(-1));
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        portal.Silence = asked;

        var turn = portal.LaterAsync(Turn);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.False(turn.IsCompleted);
        await portal.LaterAsync(TimeSpan.FromSeconds(61));
        await turn.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);

        await AssertPeopleAsync(null);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_and_the_next_turn_comes()
    {
        portal.Published = portal.Mill.RevocationList(TimeSpan.FromDays(10), TimeSpan.FromSeconds(-1));
        // Nobody can write where a folder stands in the way, not even root.
        var inTheWay = Directory
            .EnumerateFiles(portal.Authority.TrustFolder, "*.r*")
            .Select(file => Directory.CreateDirectory(file + ".unfinished"))
            .ToList();
        await AssertPeopleAsync("anchor.crl-not-written");
        using var visitor = portal.Visit();
        var (_, health) = await visitor.JsonAsync(HttpMethod.Get, "/health/ready");
        Assert.Contains("could not be written into the trust folder", health.ToString(), StringComparison.Ordinal);

        inTheWay.ForEach(folder => folder.Delete());
        await AssertPeopleAsync(null);
    }

    /// <summary>How the next turn ends for the one authority that publishes.</summary>
    private async Task AssertPeopleAsync(string? code)
    {
        var trust = portal.Services.GetRequiredService<Web.TrustFolder>();
        string? Found() => trust.FetchProblems.FirstOrDefault(p => p.File.Contains("People", StringComparison.Ordinal))?.ReasonCode;
        await portal.LaterAsync(Turn);
        for (var tries = 0; tries < 200 && Found() != code; tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(code, Found());
    }

    private byte[] Foreign()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        using var people = portal.Mill.People();
        var request = new CertificateRequest(
            people.SubjectName,
            key,
            System.Security.Cryptography.HashAlgorithmName.SHA256,
            System.Security.Cryptography.RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var forged = request.CreateSelfSigned(portal.Now.AddDays(-1), portal.Now.AddDays(100));
        return CertificateMill.RevocationList(forged, portal.Now, portal.Now.AddDays(10), []);
    }

    private async Task FetchAsync(string code)
    {
        var trust = portal.Services.GetRequiredService<Web.TrustFolder>();
        await portal.LaterAsync(Turn);
        for (var tries = 0; tries < 200 && !trust.FetchProblems.Any(p => p.ReasonCode == code); tries++)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Contains(trust.FetchProblems, p => p.ReasonCode == code);
        await portal.LaterAsync(TimeSpan.FromSeconds(6));
        using var visitor = portal.Visit();
        var (_, health) = await visitor.JsonAsync(HttpMethod.Get, "/health/ready");
        Assert.Contains(code, health.GetProperty("anchorProblems").ToString(), StringComparison.Ordinal);
    }

    private async Task AssertCheckAsync(DemoCertificate certificate, string words)
    {
        using var visitor = portal.Visit(certificate);
        for (var tries = 0; tries < 50; tries++)
        {
            await visitor.GetAsync(portal.Options.CertificateLink("/certificate"));
            if (visitor.Text.Contains(words, StringComparison.Ordinal))
                return;
            await portal.LaterAsync(TimeSpan.FromSeconds(6));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        Assert.Contains(words, visitor.Text, StringComparison.Ordinal);
    }
}
