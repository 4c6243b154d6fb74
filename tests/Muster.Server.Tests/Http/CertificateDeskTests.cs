using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>A desk with more requests than one page shows; what the other tests ask for must not stand in between.</summary>
public sealed class CertificateDeskTests(Portal portal) : IClassFixture<Portal>
{
    private const string Desk = "/desk/certificates";
    private const int Members = 3;
    private const int Each = 19; // and the member's own certificate make twenty

    [Fact]
    public async Task A_registrar_turns_pages_to_the_last_request_and_stays_on_the_page_where_one_was_decided()
    {
        for (var member = 0; member < Members; member++)
            await AskAsync();
        using var desk = await portal.RegistrarAsync();

        await desk.GetAsync(Desk);
        var first = Ids(desk);
        Assert.Equal(50, first.Count);
        Assert.DoesNotContain(">First page<", desk.Html, StringComparison.Ordinal);
        var next = Next(desk);
        await desk.GetAsync(next);
        var second = Ids(desk);
        Assert.Equal((Members * Each) - 50, second.Count);
        Assert.Equal(Members * Each, first.Concat(second).Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(">Next page<", desk.Html, StringComparison.Ordinal);

        await desk.PostFormAsync(second[3], ("decision", "refuse"));
        desk.AssertRefused(422, "certificate.words-missing");
        Assert.Equal(second, Ids(desk));
        await desk.PostFormAsync(second[3], ("decision", "refuse"), ($"words-{second[3]}", "No."));
        Assert.Equal(next, desk.Path);
        Assert.Equal(second.Where(id => id != second[3]), Ids(desk));

        // The last of a page that is empty afterwards leads back to the first.
        foreach (var id in second.Where(id => id != second[3]))
            await desk.PostFormAsync(id, ("decision", "refuse"), ($"words-{id}", "No."));
        Assert.Equal(Desk, desk.Path);
        Assert.Equal(first, Ids(desk));
    }

    /// <summary>On SQLite wherever the tests run: its plan does not depend on what is in the tables.</summary>
    [Fact]
    public void A_page_is_found_by_the_index_of_what_waits_wherever_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("muster-plan-").FullName;
        using var store = TestDatabase.FileIn(folder);
        Migrator.Migrate(store.Engine);

        using (var connection = store.Open())
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                "explain query plan select * from certificate_requests where decided_at is null and id > 'A' order by id limit 51";
            using var reader = command.ExecuteReader();
            Assert.True(reader.Read());
            Assert.Contains("USING INDEX IX_certificate_requests_waiting (id>?)", reader.GetString(3), StringComparison.Ordinal);
            Assert.False(reader.Read());
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task AskAsync()
    {
        var (browser, account) = await portal.JoinAsync(portal.NextMember());
        using (browser)
        {
            await browser.SignInAsync(account, Steps.Password);
            for (var one = 0; one < Each; one++)
            {
                await browser.GetAsync("/me/certificates");
                await browser.PostFormAsync(
                    "purpose",
                    ("subject", $"/DC=org/DC=demo-grid/C=DE/O=Mill/CN=Robot - {account} {one}"),
                    ("purpose", "Copies at night")
                );
                Assert.Contains("done=asked", browser.Path, StringComparison.Ordinal);
            }
        }
    }

    private static List<string> Ids(Visitor desk) =>
        [.. desk.Html.Split($"action=\"{Desk}/")[1..].Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)])];

    private static string Next(Visitor desk)
    {
        var link = desk.Html[desk.Html.IndexOf("rel=\"next\" href=\"", StringComparison.Ordinal)..].Split('"')[3];
        return System.Net.WebUtility.HtmlDecode(link);
    }
}
