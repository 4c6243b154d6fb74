using System.Globalization;
using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Storage;

/// <summary>What an installation holds is still there, and in its place, when a newer version has brought the database to its schema.</summary>
public sealed class UpgradeTests : IDisposable
{
    /// <summary>The last version without addresses that are confirmed.</summary>
    private const int BeforeAddresses = 11;

    private readonly TestDatabase store = TestDatabase.In(Directory.CreateTempSubdirectory("muster-upgrade-").FullName);

    public void Dispose() => store.Dispose();

    /// <remarks>A database counts the scripts that it has seen, so one that came between two others would never be run where both were.</remarks>
    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public void The_scripts_are_numbered_without_a_gap(string engine)
    {
        var prefix = $"Muster.Server.Storage.Migrations.{engine}.";
        var numbers = typeof(Migrator)
            .Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal))
            .Select(n => int.Parse(n.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture))
            .Order()
            .ToList();

        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
    }

    [Fact]
    public void Addresses_keep_their_order_and_that_of_the_account_becomes_the_primary_one()
    {
        ComeTo(BeforeAddresses);
        Person(1, "listed@example.org", "twice@example.org", "twice@example.org", "other@example.org");
        Person(2, "old@example.org", "account@example.org", "third@example.org");
        Account(2, "account@example.org", passwordSetAt: 77);
        Person(3, "one@example.org");
        Account(3, "elsewhere@example.org", passwordSetAt: 88);
        Person(4);

        Migrator.Migrate(store.Engine);

        Assert.Equal(["listed@example.org ", "twice@example.org ", "other@example.org "], AddressesOf(1));
        Assert.Equal(["account@example.org 77", "third@example.org ", "old@example.org "], AddressesOf(2));
        Assert.Equal(["one@example.org "], AddressesOf(3));
        Assert.Empty(AddressesOf(4));
    }

    private void ComeTo(int version)
    {
        var scripts = Migrator.Scripts(store.Engine);
        using var connection = store.Open();
        for (var next = store.Engine.Version(connection); next < version; next++)
        {
            connection.Run(scripts[next]);
            store.Engine.SetVersion(connection, next + 1);
        }
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"00000000-0000-0000-0000-{number:D12}");

    private void Person(int number, params string[] addresses)
    {
        store.Run(
            $"""
            insert into members (id, name_order, display_name, sort_name, name_key, created_at)
            values ('{Id(number)}', 'GivenFirst', 'P {number}', 'P {number}', 'p {number}', 1)
            """
        );
        foreach (var (address, position) in addresses.Select((a, i) => (a, i)))
            store.Run($"insert into member_emails values ('{Id(number)}', {position}, '{address}', '{address}')");
    }

    private void Account(int number, string address, long passwordSetAt) =>
        store.Run(
            $"""
            insert into accounts (id, name, member_id, display_name, name_key, email, email_key, language, state, state_since, ordered_at,
                reminders_sent, link_serial, password_set_at, revision)
            values ('{Id(100 + number)}', 'p{number}', '{Id(number)}', 'P {number}', 'p {number}', '{address}', '{address}', 'en', 'Active',
                1, 1, 0, 1, {passwordSetAt}, 1)
            """
        );

    private List<string> AddressesOf(int number)
    {
        using var connection = store.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"select address, confirmed_at from member_emails where member_id = '{Id(number)}' order by position";
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add($"{reader.GetString(0)} {(reader.IsDBNull(1) ? "" : reader.GetInt64(1).ToString(CultureInfo.InvariantCulture))}");
        return lines;
    }
}
