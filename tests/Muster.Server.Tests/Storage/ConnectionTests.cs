using System.Data;
using Microsoft.EntityFrameworkCore;
using Muster.Server.Register.Institutes;
using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Storage;

public sealed class ConnectionTests(Room room) : IClassFixture<Room>
{
    [Fact]
    public async Task Who_asks_the_registry_lets_go_of_the_connection()
    {
        var ct = TestContext.Current.CancellationToken;
        (string What, Func<MusterDb, Task> Ask)[] questions =
        [
            ("one record", db => db.RorRecordAsync("none", ct)),
            ("several records", db => db.RorRecordsAsync(["none"], ct)),
            ("a search", db => db.SearchRorAsync("university", ct)),
            ("a file", db => RorTable.TakeAsync(db, [], ct)),
        ];

        foreach (var (what, ask) in questions)
        {
            await using var db = await room.ContextAsync(ct);
            await ask(db);
            Assert.True(db.Database.GetDbConnection().State == ConnectionState.Closed, what);
        }
    }
}
