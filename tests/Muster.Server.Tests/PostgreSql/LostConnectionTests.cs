using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Muster.Server.Storage;
using Muster.Server.Tests.Storage;
using Xunit;

namespace Muster.Server.Tests.PostgreSql;

public sealed class LostConnectionTests : OnlyOnPostgreSql, IDisposable
{
    private const string Failures = "select failures from sign_in_attempts where key = @key";

    private readonly Room room = new();

    [Fact]
    public async Task A_writer_whose_connection_ended_while_nobody_wrote_takes_another_and_nobody_is_told()
    {
        await room.PutAsync("before");
        for (var restart = 1; restart <= 3; restart++)
        {
            Assert.True(Disconnect(room.Store) >= 1);
            await room.PutAsync($"after-{restart}");
        }

        Assert.Equal((1, 1, 1), (room.Rows("before"), room.Rows("after-1"), room.Rows("after-3")));
    }

    [Fact]
    public async Task A_unit_whose_connection_ends_under_it_is_told_and_the_next_is_written()
    {
        await Assert.ThrowsAnyAsync<DbException>(() =>
            room.PutAsync(
                "under",
                db =>
                {
                    Disconnect(room.Store);
                    return db.Database.ExecuteSqlAsync($"select 1");
                }
            )
        );
        await room.PutAsync("next");

        Assert.Equal((0, 1), (room.Rows("under"), room.Rows("next")));
    }

    [Fact]
    public async Task Those_who_share_a_commit_that_is_lost_are_all_told_and_none_is_written()
    {
        var turn = new TaskCompletionSource();
        var first = room.PutAsync("shared-1", _ => turn.Task);
        var second = room.PutAsync("shared-2");
        var last = room.PutAsync(
            "shared-3",
            _ =>
            {
                Disconnect(room.Store);
                return Task.CompletedTask;
            }
        );
        turn.SetResult();

        foreach (var unit in (Task[])[first, second, last])
            await Assert.ThrowsAnyAsync<Exception>(() => unit);
        await room.PutAsync("shared-4");

        Assert.Equal((0, 0, 0, 1), (room.Rows("shared-1"), room.Rows("shared-2"), room.Rows("shared-3"), room.Rows("shared-4")));
    }

    [Fact]
    public async Task Readers_read_on()
    {
        var ct = TestContext.Current.CancellationToken;
        await room.PutAsync("read");
        async Task<int> ReadAsync()
        {
            await using var db = await room.ContextAsync(ct);
            return await db
                .Database.SqlQuery<int>($"select failures as \"Value\" from sign_in_attempts where key = 'read'")
                .SingleAsync(ct);
        }
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadAsync()));
        Assert.True(Disconnect(room.Store) >= 2);

        var answers = new List<int>();
        for (var i = 0; i < 12; i++)
            answers.Add(await ReadAsync());

        Assert.All(answers, a => Assert.Equal(1, a));
    }

    [Fact]
    public async Task Those_who_read_with_plain_statements_read_on()
    {
        var ct = TestContext.Current.CancellationToken;
        await room.PutAsync("plain");
        async Task<int> ReadAsync()
        {
            await using var db = await room.ContextAsync(ct);
            return (await db.ListAsync(Failures, ["@key"], r => r.GetInt32(0), ct, "plain")).Single();
        }
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadAsync()));
        Assert.True(Disconnect(room.Store) >= 2);

        var answers = new List<int>();
        for (var i = 0; i < 12; i++)
            answers.Add(await ReadAsync());

        Assert.All(answers, a => Assert.Equal(1, a));
    }

    [Fact]
    public async Task Several_plain_statements_are_begun_again_where_the_connection_ends_between_them()
    {
        var ct = TestContext.Current.CancellationToken;
        await room.PutAsync("several");
        await using var db = await room.ContextAsync(ct);
        var begun = 0;

        var answer = await db.OnConnectionAsync(
            async () =>
            {
                begun++;
                await using var command = db.Command(Failures, "@key");
                var first = await command.ListAsync(r => r.GetInt32(0), ct, "several");
                if (begun == 1)
                    Disconnect(room.Store);
                return (First: first.Single(), Second: (await command.ListAsync(r => r.GetInt32(0), ct, "several")).Single());
            },
            ct
        );

        Assert.Equal((1, 1, 2), (answer.First, answer.Second, begun));
    }

    [Theory]
    [InlineData("select pg_sleep(60)")]
    [InlineData("do $$ begin raise exception 'enough' using errcode = '53300'; end $$")]
    [InlineData("do $$ begin raise exception 'not both' using errcode = '40P01'; end $$")]
    public async Task What_takes_too_long_or_is_refused_is_not_begun_again(string sql)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var db = await room.ContextAsync(ct);
        var begun = 0;

        await Assert.ThrowsAnyAsync<DbException>(() =>
            db.OnConnectionAsync(
                async () =>
                {
                    begun++;
                    await using var command = db.Command(sql);
                    command.CommandTimeout = 1;
                    return await command.RunAsync(ct);
                },
                ct
            )
        );

        Assert.Equal(1, begun);
    }

    [Fact]
    public async Task Within_a_transaction_a_plain_statement_is_not_asked_again()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var db = await room.ContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.ListAsync(Failures, ["@key"], r => r.GetInt32(0), ct, "none");
        Disconnect(room.Store);

        await Assert.ThrowsAnyAsync<DbException>(() => db.ListAsync(Failures, ["@key"], r => r.GetInt32(0), ct, "none"));
    }

    public void Dispose() => room.Dispose();
}
