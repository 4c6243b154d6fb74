using Microsoft.EntityFrameworkCore;
using Muster.Core.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Members;

/// <summary>Members who were entered before the register was searched by words get theirs, some at a time, soon after the start.</summary>
internal static class CatchUpWords
{
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private const int AtOnce = 200;

    public static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var writer = services.GetRequiredService<Writer>();
        while (await writer.WriteAsync(nameof(CatchUpWords), SomeAsync, ct) == AtOnce) { }
    }

    private static async Task<int> SomeAsync(MusterDb db, CancellationToken ct)
    {
        var waiting = await db.Set<Member>()
            .FromSqlRaw("select * from members m where not exists (select 1 from member_words w where w.member_id = m.id)")
            .Take(AtOnce)
            .ToListAsync(ct);
        foreach (var member in waiting)
        {
            member.RefreshSortKey();
            db.Entry(member).Property(m => m.SortKey).IsModified = true; // the save writes the words
        }
        await db.SaveChangesAsync(ct);
        return waiting.Count;
    }
}
