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
            using var database = TestDatabase.In(folder);
            using (var connection = database.Open())
            {
                foreach (var script in Migrator.Scripts(database.Engine).Take(3))
                    connection.Run(script);
                connection.Run(Old(database.IsPostgreSql ? "true" : "1"));
                database.Engine.SetVersion(connection, 3);
            }

            Migrator.Migrate(database.Engine);

            Assert.Equal(
                "Registrar|Everything|chief",
                database.Read("select role || '|' || scope_kind || '|' || granted_by from role_grants")
            );
            Assert.True(Guid.TryParse(database.Read("select id from role_grants"), out _));
            Assert.Equal("Deputy", database.Read("select kind from representatives"));
            Assert.Equal("Full|100", database.Read("select category || '|' || percent from memberships"));
            Assert.Equal("doe, jane", database.Read("select sort_key from members"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Old(string yes) =>
        $"""
            insert into institutes (id, name, short_name, country, since) values ('0192F0C0-0000-7000-8000-000000000001', 'I', 'I', 'DE', '2020-01-01');
            insert into members (id, family, given, name_order, display_name, sort_name, name_key, created_at)
                values ('0192F0C0-0000-7000-8000-000000000002', 'Doe', 'Jane', 'GivenFirst', 'Jane Doe', 'Doe, Jane', 'do jan', 1);
            insert into memberships (member_id, institute_id, "from", position)
                values ('0192F0C0-0000-7000-8000-000000000002', '0192F0C0-0000-7000-8000-000000000001', '2020-01-01', 'staff');
            insert into representatives (institute_id, member_id, "from", is_deputy)
                values ('0192F0C0-0000-7000-8000-000000000001', '0192F0C0-0000-7000-8000-000000000002', '2020-01-01', {yes});
            insert into role_grants (account_id, role, granted_by, "from") values ('0192F0C0-0000-7000-8000-000000000003', 'registrar', 'chief', 1);
            """;
}
