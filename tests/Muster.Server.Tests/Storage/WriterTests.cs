using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Storage;

public sealed class WriterTests(Room room) : IClassFixture<Room>
{
    [Fact]
    public async Task A_listener_that_throws_keeps_nobody_waiting_and_the_others_are_told()
    {
        var signal = room.Services.GetRequiredService<CommitSignal>();
        var (isBroken, told) = (true, 0);
        signal.Subscribe(_ =>
        {
            if (isBroken)
                throw new InvalidOperationException("a listener of commits");
        });
        signal.Subscribe(_ => told++);

        var written = await room.PutAsync("listened").WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        isBroken = false;

        Assert.Equal((1, 1, 1), (written, told, room.Rows("listened")));
    }

    [Fact]
    public void Of_those_who_begin_to_listen_at_the_same_time_all_are_told()
    {
        const int Listeners = 4_000;
        var signal = new CommitSignal(NullLogger<CommitSignal>.Instance);
        var told = 0;

        Parallel.For(0, Listeners, _ => signal.Subscribe(_ => told++));
        signal.Raise([]);

        Assert.Equal(Listeners, told);
    }

    [Fact]
    public async Task A_unit_that_fails_among_others_undoes_itself_alone()
    {
        var turn = new TaskCompletionSource();
        var first = room.PutAsync("among-1", _ => turn.Task);
        var second = room.PutAsync("among-2");
        var failing = room.PutAsync("among-3", _ => throw new InvalidOperationException("changed its mind"));
        var third = room.PutAsync("among-4");
        turn.SetResult();

        await Task.WhenAll(first, second, third);
        var told = await Assert.ThrowsAsync<InvalidOperationException>(() => failing);

        Assert.Equal("changed its mind", told.Message);
        Assert.Equal((1, 1, 0, 1), (room.Rows("among-1"), room.Rows("among-2"), room.Rows("among-3"), room.Rows("among-4")));
    }

    [Fact]
    public async Task A_unit_that_the_database_refuses_among_others_does_not_take_them_along()
    {
        var turn = new TaskCompletionSource();
        var first = room.PutAsync("refused-1", _ => turn.Task);
        var failing = room.PutAsync("refused-2", db => AgainAsync(db, "refused-1"));
        var also = room.PutAsync("refused-3", db => AgainAsync(db, "refused-3"));
        var last = room.PutAsync("refused-4");
        turn.SetResult();

        await Task.WhenAll(first, last);
        await Assert.ThrowsAnyAsync<DbException>(() => failing);
        await Assert.ThrowsAnyAsync<DbException>(() => also);

        Assert.Equal((1, 0, 0, 1), (room.Rows("refused-1"), room.Rows("refused-2"), room.Rows("refused-3"), room.Rows("refused-4")));
    }

    [Fact]
    public async Task A_first_unit_that_the_database_refuses_leaves_nothing_and_the_next_is_written()
    {
        await Assert.ThrowsAnyAsync<DbException>(() => room.PutAsync("alone-1", db => AgainAsync(db, "alone-1")));
        await room.PutAsync("alone-2");

        Assert.Equal((0, 1), (room.Rows("alone-1"), room.Rows("alone-2")));
    }

    [Fact]
    public async Task What_comes_after_a_first_unit_that_fails_is_written_all_the_same()
    {
        var turn = new TaskCompletionSource();
        var first = room.PutAsync(
            "after-1",
            async db =>
            {
                await turn.Task;
                await AgainAsync(db, "after-1");
            }
        );
        var others = Enumerable.Range(2, 100).Select(i => room.PutAsync($"after-{i}")).ToList(); // more than share one commit
        turn.SetResult();

        await Assert.ThrowsAnyAsync<DbException>(() => first);
        await Task.WhenAll(others);

        Assert.Equal((0, 1, 1), (room.Rows("after-1"), room.Rows("after-2"), room.Rows("after-101")));
    }

    [Fact]
    public async Task Nobody_sees_what_is_not_yet_committed()
    {
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var unit = room.PutAsync(
            "unseen",
            async _ =>
            {
                begun.SetResult();
                await end.Task;
            }
        );

        await begun.Task;
        var before = room.Rows("unseen");
        end.SetResult();
        await unit;

        Assert.Equal((0, 1), (before, room.Rows("unseen")));
    }

    private static Task<int> AgainAsync(MusterDb db, string key) =>
        db.Database.ExecuteSqlAsync($"insert into sign_in_attempts (key, failures, last_at) values ({key}, 1, 0)");
}
