using System.Diagnostics;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>The table as Postfix understands it: by the rules of virtual(5), and by Postfix itself where its tool is installed.</summary>
public sealed class MailServerTests(AddressPortal portal) : IClassFixture<AddressPortal>
{
    [Fact]
    public async Task Every_address_leads_to_its_mailbox_and_nothing_else_to_any()
    {
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 3; i++)
        {
            var (me, holder, _) = await portal.MemberAsync();
            var own = (await me.AddressesAsync()).GetProperty("collaboration")[0].GetProperty("address").GetString()!;
            me.Dispose();
            expected[own] = holder.Email;
        }
        using var desk = await portal.RegistrarAsync();
        var (_, table, _) = await desk.AskAsync("/api/virtual-aliases", null);

        var read = Virtual(table);
        Assert.All(expected, e => Assert.Equal(e.Value, read[e.Key]));
        Assert.DoesNotContain("nobody@collab.example", read.Keys);
        await AskPostfixAsync(table, expected);
    }

    /// <summary>virtual(5): comments, blank lines, <c>pattern result</c>, and lines that begin with a blank go on with the one before.</summary>
    private static Dictionary<string, string> Virtual(string table)
    {
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in table.Split('\n').Where(l => l.Trim().Length > 0 && !l.StartsWith('#')))
        {
            Assert.False(char.IsWhiteSpace(line[0]), line);
            var parts = line.Split((char[])[' ', '\t'], 2);
            rows.Add(parts[0], parts[1].Trim());
        }
        return rows;
    }

    private static async Task AskPostfixAsync(string table, Dictionary<string, string> expected)
    {
        var postmap = Environment.GetEnvironmentVariable("MUSTER_TEST_POSTMAP") ?? "/usr/sbin/postmap";
        if (!File.Exists(postmap))
        {
            // Not skipped: the rules that were checked before are those that it follows.
            TestContext.Current.AddWarning("postmap is not installed (Debian: apt-get install postfix), so Postfix itself was not asked");
            return;
        }
        var folder = Directory.CreateTempSubdirectory("muster-postfix-").FullName;
        try
        {
            var ct = TestContext.Current.CancellationToken;
            var file = Path.Combine(folder, "virtual");
            await File.WriteAllTextAsync(file, table, ct);
            // Names of accounts that every system has: nothing is run as them.
            await File.WriteAllTextAsync(
                Path.Combine(folder, "main.cf"),
                "compatibility_level = 3.6\nmyhostname = localhost.localdomain\nmail_owner = mail\nsetgid_group = games\n",
                ct
            );
            Assert.Equal((0, ""), await RunAsync(postmap, "-c", folder, "hash:" + file));
            foreach (var type in (string[])["hash:", "texthash:"])
            {
                foreach (var (address, mailbox) in expected)
                {
                    Assert.Equal((0, mailbox), await RunAsync(postmap, "-c", folder, "-q", address, type + file));
                    Assert.Equal((0, mailbox), await RunAsync(postmap, "-c", folder, "-q", address.ToUpperInvariant(), type + file));
                }
                Assert.Equal((1, ""), await RunAsync(postmap, "-c", folder, "-q", "nobody@collab.example", type + file));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(int Exit, string Said)> RunAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(tool, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!; // is there
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said.Trim() + complained.Trim());
    }
}
