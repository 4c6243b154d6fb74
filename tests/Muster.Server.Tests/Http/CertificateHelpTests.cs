using System.Security.Cryptography;
using Muster.Server.Tests.Operator;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>What the pages about getting and importing a certificate advise is tried.</summary>
public sealed class CertificateHelpTests(Portal portal) : IClassFixture<Portal>, IDisposable
{
    private readonly string there = Directory.CreateTempSubdirectory("muster-import-").FullName;

    [Fact]
    public async Task The_commands_of_the_help_page_do_what_they_say()
    {
        var before = await LayDownAsync();
        using var visitor = await portal.Visit().GetAsync("/help/import-certificate");
        string[] to = Commands(visitor, "to-p12"),
            back = Commands(visitor, "to-pem"),
            look = Commands(visitor, "look"),
            pair = Commands(visitor, "pair");

        Try(to[0], "-passout", "pass:secret");
        TakeAway();
        Try(back[0], "-passin", "pass:secret");
        Try(back[1], "-passin", "pass:secret", "-passout", "pass:another");
        var subject = Try(look[0]);
        var (certificateKey, ownKey) = (Try(pair[0]), Try(pair[1], "-passin", "pass:another"));

        Assert.Equal("chmod 400 userkey.pem", back[2]);
        Assert.Contains("notAfter=", subject, StringComparison.Ordinal);
        Assert.Equal(certificateKey, ownKey);
        Assert.Contains(before, await WrittenAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_commands_for_old_systems_make_and_read_files_of_the_old_kind()
    {
        if (OpenSsl.Run("list", "-providers", "-provider", "legacy").Exit != 0)
            Assert.Skip("The legacy provider of OpenSSL 3 is not installed (Debian: apt-get install openssl-provider-legacy).");
        var before = await LayDownAsync();
        using var visitor = await portal.Visit().GetAsync("/help/import-certificate");
        string[] to = Commands(visitor, "to-p12-old"),
            back = Commands(visitor, "to-pem-old"),
            today = Commands(visitor, "to-pem"),
            pair = Commands(visitor, "pair");

        Try(to[0], "-passout", "pass:secret");
        TakeAway();
        var (exit, refused) = Run(today[0], "-passin", "pass:secret");
        Try(back[0], "-passin", "pass:secret");
        Try(back[1], "-passin", "pass:secret", "-passout", "pass:another");

        Assert.NotEqual(0, exit);
        Assert.Contains("unsupported", refused, StringComparison.Ordinal);
        Assert.Contains("says “unsupported”", visitor.Text, StringComparison.Ordinal);
        Assert.Equal("chmod 400 userkey.pem", back[2]);
        Assert.Equal(Try(pair[0]), Try(pair[1], "-passin", "pass:another"));
        Assert.Contains(before, await WrittenAsync(), StringComparison.Ordinal);
        Assert.Contains("LibreSSL, which does not know -legacy", visitor.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RSA 1024", "ee key too small")]
    [InlineData("SHA-1", "ca md too weak")]
    public async Task What_the_visitors_own_library_says_of_a_weak_one_stands_among_the_messages(string weakness, string words)
    {
        var weak = portal.Mill.Person("Weak Person", Weak(weakness));
        var host = portal.Options.CertificateOriginUri.Authority;

        var (_, said) = OpenSsl.Run([
            "s_client",
            "-connect",
            host,
            "-cert",
            weak.PemPath,
            "-key",
            weak.KeyPath,
            "-cipher",
            "DEFAULT:@SECLEVEL=2",
        ]);

        Assert.Contains(words, said, StringComparison.Ordinal);
        using var visitor = await portal.Visit().GetAsync("/help/import-certificate");
        Assert.Matches($"<dt[^>]*>[^<]*{words}", visitor.Html);
    }

    [Fact]
    public async Task Both_cases_that_end_in_a_closed_connection_are_named_with_the_way_to_the_reason()
    {
        using var visitor = await portal.Visit().GetAsync("/help/import-certificate");

        Assert.Contains("a proxy made from another proxy against its limit", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("an extension that cannot be decoded", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("Send the certificate in as a file", visitor.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_authorities_of_the_trust_folder_are_named_for_those_who_need_one()
    {
        using var visitor = await portal.Visit().GetAsync("/help/get-certificate");

        Assert.Equal(200, visitor.Status);
        Assert.Contains("DemoGridPeopleCA", visitor.Text, StringComparison.Ordinal);
        Assert.Contains("href=\"http://www.demo-grid.example/\"", visitor.Html, StringComparison.Ordinal);
        Assert.Contains("mailto:ca@demo-grid.example", visitor.Html, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(there, recursive: true);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Recipe Weak(string weakness) =>
        weakness == "SHA-1" ? new Recipe { Digest = HashAlgorithmName.SHA1 } : new Recipe { Key = () => RSA.Create(1024) };

    /// <summary>The two files of a member; the first line of the certificate's text.</summary>
    private async Task<string> LayDownAsync()
    {
        var me = portal.NextMember();
        File.Copy(me.PemPath, Path.Combine(there, "usercert.pem"));
        File.Copy(me.KeyPath, Path.Combine(there, "userkey.pem"));
        return (await File.ReadAllTextAsync(me.PemPath, Ct)).Split('\n')[1];
    }

    private void TakeAway()
    {
        File.Delete(Path.Combine(there, "usercert.pem"));
        File.Delete(Path.Combine(there, "userkey.pem"));
    }

    private Task<string> WrittenAsync() => File.ReadAllTextAsync(Path.Combine(there, "usercert.pem"), Ct);

    private string Try(string line, params string[] passwords)
    {
        var (exit, text) = Run(line, passwords);
        Assert.True(exit == 0, line + "\n" + text);
        return text;
    }

    /// <summary>The line of the page, with the passwords that a person types.</summary>
    private (int Exit, string Text) Run(string line, params string[] passwords)
    {
        var words = line.Replace("\"Grid certificate\"", "Grid_certificate", StringComparison.Ordinal).Split(' ')[1..];
        return OpenSsl.RunIn(there, null, [.. words, .. passwords]);
    }

    private static string[] Commands(Visitor visitor, string name)
    {
        var after = visitor.Html[visitor.Html.IndexOf($"id=\"{name}\"", StringComparison.Ordinal)..];
        var code = after[(after.IndexOf("<code>", StringComparison.Ordinal) + 6)..after.IndexOf("</code>", StringComparison.Ordinal)];
        return System.Net.WebUtility.HtmlDecode(code).Split('\n');
    }
}
