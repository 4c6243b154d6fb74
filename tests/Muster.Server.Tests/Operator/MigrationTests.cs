using Microsoft.Data.Sqlite;
using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Operator;

public sealed class MigrationTests
{
    [Fact]
    public void What_an_older_version_wrote_comes_along()
    {
        var folder = Directory.CreateTempSubdirectory("muster-migrate-").FullName;
        try
        {
            var path = Path.Combine(folder, "muster.db");
            using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
            {
                connection.Open();
                foreach (var script in Migrator.Scripts().Take(3))
                    Execute(connection, script);
                Execute(connection, Old);
                Execute(connection, "pragma user_version = 3");
            }

            Migrator.Migrate(path);

            Assert.Equal(
                "Registrar|Everything|chief",
                Database.Read(path, "select role || '|' || scope_kind || '|' || granted_by from role_grants")
            );
            Assert.True(Guid.TryParse(Database.Read(path, "select id from role_grants"), out _));
            Assert.Equal("Deputy", Database.Read(path, "select kind from representatives"));
            Assert.Equal("Full|100", Database.Read(path, "select category || '|' || percent from memberships"));
            Assert.Equal("doe, jane", Database.Read(path, "select sort_key from members"));
            SqliteConnection.ClearAllPools();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private const string Old = """
        insert into institutes (id, name, short_name, country, since) values ('0192F0C0-0000-7000-8000-000000000001', 'I', 'I', 'DE', '2020-01-01');
        insert into members (id, family, given, name_order, display_name, sort_name, name_key, created_at)
            values ('0192F0C0-0000-7000-8000-000000000002', 'Doe', 'Jane', 'GivenFirst', 'Jane Doe', 'Doe, Jane', 'do jan', 1);
        insert into memberships (member_id, institute_id, "from", position)
            values ('0192F0C0-0000-7000-8000-000000000002', '0192F0C0-0000-7000-8000-000000000001', '2020-01-01', 'staff');
        insert into representatives (institute_id, member_id, "from", is_deputy)
            values ('0192F0C0-0000-7000-8000-000000000001', '0192F0C0-0000-7000-8000-000000000002', '2020-01-01', 1);
        insert into role_grants (account_id, role, granted_by, "from") values ('0192F0C0-0000-7000-8000-000000000003', 'registrar', 'chief', 1);
        """;

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // scripts of the product and constants of the test
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
