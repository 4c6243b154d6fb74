using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Muster.Server.Storage;

/// <summary>
/// A query that is translated once and not at every use. Translated twice, in fact: the writer's context tracks what it loads, those of
/// readers do not, and the translation keeps to what it met first.
/// </summary>
internal abstract class PreparedQuery<TQuery>(Func<TQuery> translate)
{
    private readonly TQuery tracked = translate();
    private readonly TQuery untracked = translate();

    protected TQuery For(MusterDb db) => db.ChangeTracker.QueryTrackingBehavior == QueryTrackingBehavior.TrackAll ? tracked : untracked;
}

/// <summary>A question with one answer.</summary>
internal sealed class Prepared<TKey, TResult>(Expression<Func<MusterDb, TKey, CancellationToken, TResult>> query)
    : PreparedQuery<Func<MusterDb, TKey, CancellationToken, Task<TResult>>>(() => EF.CompileAsyncQuery(query))
{
    public Task<TResult> AskAsync(MusterDb db, TKey key, CancellationToken ct) => For(db)(db, key, ct);
}

/// <summary>A question in two parts with one answer.</summary>
internal sealed class Prepared<TKey, TOther, TResult>(Expression<Func<MusterDb, TKey, TOther, CancellationToken, TResult>> query)
    : PreparedQuery<Func<MusterDb, TKey, TOther, CancellationToken, Task<TResult>>>(() => EF.CompileAsyncQuery(query))
{
    public Task<TResult> AskAsync(MusterDb db, TKey key, TOther other, CancellationToken ct) => For(db)(db, key, other, ct);
}

/// <summary>A question with many answers; no more are loaded than it asks for.</summary>
internal sealed class PreparedList<TKey, TItem>(Expression<Func<MusterDb, TKey, IQueryable<TItem>>> query)
    : PreparedQuery<Func<MusterDb, TKey, IAsyncEnumerable<TItem>>>(() => EF.CompileAsyncQuery(query))
{
    public async Task<List<TItem>> AskAsync(MusterDb db, TKey key, CancellationToken ct)
    {
        var found = new List<TItem>();
        await foreach (var item in For(db)(db, key).WithCancellation(ct))
            found.Add(item);
        return found;
    }
}
