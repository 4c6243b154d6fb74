using Muster.Server.Operator;
using Muster.Server.Storage;
using Muster.Server.Tests.Storage;
using Npgsql;
using Xunit;

namespace Muster.Server.Tests.PostgreSql;

public sealed class DatabaseTests : OnlyOnPostgreSql, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("muster-foreign-").FullName;

    [Fact]
    public void Both_engines_have_the_same_columns_keys_references_and_indices()
    {
        using var here = TestDatabase.In(folder);
        using var file = TestDatabase.FileIn(folder);
        Migrator.Migrate(here.Engine);
        Migrator.Migrate(file.Engine);

        Assert.Equal(Catalogue.Of(file), Catalogue.Of(here));
        Assert.Equal(Migrator.Scripts(file.Engine).Count, Migrator.Scripts(here.Engine).Count);
    }

    [Fact]
    public void Text_is_compared_by_its_bytes_whatever_the_database_is_set_to()
    {
        using var store = TestDatabase.In(folder);
        Migrator.Migrate(store.Engine);

        Assert.Equal(
            "0",
            store.Read(
                "select count(*) from information_schema.columns where table_schema = current_schema() and data_type = 'text' and collation_name is distinct from 'C'"
            )
        );
    }

    [Fact]
    public void A_database_with_tables_of_others_is_refused_and_left_alone()
    {
        using var store = TestDatabase.In(folder);
        store.Run("create table invoices (number integer)");

        var refused = Assert.Throws<DataFolder.Unusable>(() => Open(store.ConnectionString));

        Assert.Contains("holds tables that are not Muster’s", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["column invoices.number null"], Catalogue.Of(store));
    }

    [Fact]
    public void A_database_that_cannot_hold_every_name_is_refused()
    {
        using var store = TestDatabase.In(folder, "encoding 'LATIN1' locale_provider libc locale 'C' template template0");

        var refused = Assert.Throws<DataFolder.Unusable>(() => Open(store.ConnectionString));

        Assert.Contains("UTF-8", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Catalogue.Of(store));
    }

    [Fact]
    public void A_user_who_may_not_make_tables_reads_what_to_do()
    {
        using var store = TestDatabase.In(folder);
        store.Run("create role visitor login; revoke create on schema public from public");
        try
        {
            var asVisitor = new NpgsqlConnectionStringBuilder(store.ConnectionString) { Username = "visitor", Pooling = false }.ToString();

            var refused = Assert.Throws<DataFolder.Unusable>(() => Open(asVisitor));

            Assert.Contains("permission denied", refused.Message, StringComparison.Ordinal);
            Assert.Contains("createdb --owner", refused.Hint, StringComparison.Ordinal);
        }
        finally
        {
            store.Run("drop role visitor");
        }
    }

    [Fact]
    public void A_database_that_is_not_there_is_named()
    {
        using var store = TestDatabase.In(folder);
        var missing = new NpgsqlConnectionStringBuilder(store.ConnectionString) { Database = "nowhere", Pooling = false }.ToString();

        var refused = Assert.Throws<DataFolder.Unusable>(() => Open(missing));

        Assert.Equal(3, refused.Exit);
        Assert.Contains("does not exist", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Open(string connectionString)
    {
        using var opened = DataFolder.Open(
            Path.Combine(folder, "data"),
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage:ConnectionString"] = connectionString }
        );
    }
}
