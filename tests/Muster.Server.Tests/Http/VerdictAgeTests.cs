using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>A verdict is kept for half a minute, and never longer than what it rests on. Each looks a moment before an end and a moment after it.</summary>
public sealed class VerdictAgeTests(Portal portal) : IClassFixture<Portal>
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_certificate_that_has_just_expired_is_refused_at_once()
    {
        var end = portal.Now.AddMinutes(2);
        var listed = portal.NextMember();
        var me = portal.Mill.Subject(listed.Subject, new Recipe { Lifetime = end - portal.Now + TimeSpan.FromHours(1) });

        await AssertChangesAsync(me, end, "It is on the members list", "The certificate expired on");
    }

    [Fact]
    public async Task A_certificate_that_has_just_begun_is_taken_at_once()
    {
        var begin = portal.Now.AddMinutes(2);
        var listed = portal.NextMember();
        var me = portal.Mill.Subject(listed.Subject, new Recipe { From = begin - portal.Now });

        await AssertChangesAsync(me, begin, "is not valid before", "It is on the members list");
    }

    [Fact]
    public async Task A_certificate_whose_authority_has_just_expired_is_refused_at_once()
    {
        var end = portal.Now.AddMinutes(2);
        using var key = RSA.Create(2048);
        using var root = portal.Mill.Root();
        var request = new CertificateRequest(
            new DemoDistinguishedName("/DC=org/DC=demo-grid/CN=Short-lived CA").ToX500(),
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var between = request.Create(root, portal.Now.AddDays(-1), end, [0x51]);
        var listed = portal.NextMember();
        var me = portal.Mill.Subject(listed.Subject, new Recipe { Issuer = () => between.CopyWithPrivateKey(key) });

        await AssertChangesAsync(me, end, "It is on the members list", "is not properly vouched for by");
    }

    [Fact]
    public async Task A_list_that_has_just_gone_out_of_use_is_used_no_longer()
    {
        var me = portal.NextMember();
        var due = portal.Now.AddMinutes(10);
        portal.Mill.Revoke(portal.Authority.TrustFolder, due - portal.Now);
        await ReloadAsync();

        await AssertChangesAsync(me, due, "It is on the members list", "is overdue");
        await AssertChangesAsync(me, due.AddHours(24), "is overdue", "is out of date");
        portal.Mill.Revoke(portal.Authority.TrustFolder, TimeSpan.FromDays(3));
        await ReloadAsync();
    }

    [Fact]
    public void A_long_chain_is_judged_once_for_its_connection_and_again_when_the_clock_says_so()
    {
        var certificates = portal.Services.GetRequiredService<Web.ClientCertificates>();
        var leaf = X509Certificate2.CreateFromPem(File.ReadAllText(portal.NextMember().PemPath)).RawData;
        var chain = new Web.PresentedChain(leaf, [RandomNumberGenerator.GetBytes(20_000)]);

        var first = certificates.Judge(chain);

        Assert.Same(first, certificates.Judge(chain));
        Assert.NotSame(first, certificates.Judge(chain with { Leaf = leaf }));
    }

    private async Task AssertChangesAsync(DemoCertificate certificate, DateTimeOffset at, string before, string after)
    {
        using var visitor = portal.Visit(certificate);
        await portal.LaterAsync(at - Moment - portal.Now);
        await visitor.GetAsync(portal.Options.CertificateLink("/certificate"));
        Assert.Contains(before, visitor.Text, StringComparison.Ordinal);
        await portal.LaterAsync(2 * Moment);
        await visitor.GetAsync(portal.Options.CertificateLink("/certificate"));
        Assert.Contains(after, visitor.Text, StringComparison.Ordinal);
    }

    /// <summary>The clock moves until the folder was looked at again.</summary>
    private async Task ReloadAsync()
    {
        var trust = portal.Services.GetRequiredService<Web.TrustFolder>();
        var before = trust.Current;
        for (var tries = 0; tries < 50 && ReferenceEquals(before, trust.Current); tries++)
        {
            await portal.LaterAsync(TimeSpan.FromSeconds(6));
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        Assert.NotSame(before, trust.Current);
    }
}
