using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Muster.Server.Operator;
using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Storage;

/// <summary>The scripts make what the mapping believes to be there, on the engine that the tests run on.</summary>
public sealed class SchemaTests(Room room) : IClassFixture<Room>
{
    [Fact]
    public async Task Every_column_of_the_mapping_is_there_and_no_other()
    {
        await using var db = await room.ContextAsync(TestContext.Current.CancellationToken);
        var mapped =
            from table in db.Model.GetRelationalModel().Tables
            from column in table.Columns
            select $"column {table.Name}.{column.Name}{(column.IsNullable ? " null" : "")}";

        Assert.Equal(
            mapped.Order(StringComparer.Ordinal),
            Catalogue.Of(room.Store).Where(l => l.StartsWith("column ", StringComparison.Ordinal) && Catalogue.IsMapped(l))
        );
    }

    [Fact]
    public async Task Every_column_has_the_type_that_the_mapping_asks_for()
    {
        await using var db = await room.ContextAsync(TestContext.Current.CancellationToken);
        var mapped =
            from table in db.Model.GetRelationalModel().Tables
            from column in table.Columns
            select $"{table.Name}.{column.Name} {column.StoreType.ToLowerInvariant()}";

        Assert.Equal(mapped.Order(StringComparer.Ordinal), Catalogue.TypesOf(room.Store).Where(Catalogue.IsMapped));
    }

    [Fact]
    public async Task Every_key_reference_and_index_of_the_mapping_is_there()
    {
        await using var db = await room.ContextAsync(TestContext.Current.CancellationToken);
        var there = Catalogue.Of(room.Store);
        var tables = db.Model.GetRelationalModel().Tables.ToList();
        static string Names(IEnumerable<IColumn> columns) => string.Join(", ", columns.Select(c => c.Name));

        Assert.All(tables, t => Assert.Contains($"key {t.Name} ({Names(t.PrimaryKey!.Columns)})", there)); // all have one
        Assert.All(
            tables.SelectMany(t => t.ForeignKeyConstraints),
            f =>
                Assert.Contains(
                    $"reference {f.Table.Name}.{f.Columns[0].Name} to {f.PrincipalTable.Name}.{f.PrincipalColumns[0].Name} cascade",
                    there
                )
        );
        // The mapping makes an index for every reference; the scripts leave out those that begin a key anyhow.
        Assert.All(
            tables.SelectMany(t => t.Indexes).Where(i => i.IsUnique),
            i => Assert.Contains($"index {i.Table.Name} {i.Name} ({Names(i.Columns)}) unique", there)
        );
    }

    [Fact]
    public void A_database_of_a_newer_program_is_refused_and_stays_as_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("muster-newer-").FullName;
        using var store = TestDatabase.In(folder);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage:ConnectionString"] = store.ConnectionString };
        DataFolder.Open(folder, settings).Dispose();
        using (var connection = store.Open())
            store.Engine.SetVersion(connection, 99);
        var before = Catalogue.Of(store);

        var refused = Assert.Throws<DataFolder.Unusable>(() => DataFolder.Open(folder, settings));

        Assert.Contains("schema version 99", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Catalogue.Of(store));
        using (var connection = store.Open())
            Assert.Equal(99, store.Engine.Version(connection));
    }

    [Fact]
    public void Two_that_start_together_make_one_schema()
    {
        var folder = Directory.CreateTempSubdirectory("muster-together-").FullName;
        using var store = TestDatabase.In(folder);
        var outcomes = new Migrator.Outcome[4];

        Parallel.For(
            0,
            outcomes.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            i => outcomes[i] = Migrator.Migrate(store.Engine)
        );

        var latest = Migrator.Scripts(store.Engine).Count;
        Assert.All(outcomes, o => Assert.Equal(latest, o.To));
        Assert.Equal(Catalogue.Of(room.Store), Catalogue.Of(store));
    }
}
