using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Muster.Server.Storage;

/// <summary>
/// A query that is translated once and not at every use. Translated twice, in fact: the writer's context tracks what it loads, those of
/// readers do not, and the translation keeps to what it met first.
/// </summary>
internal sealed class Prepared<TKey, TResult>(Expression<Func<MusterDb, TKey, CancellationToken, TResult>> query)
{
    private readonly Func<MusterDb, TKey, CancellationToken, Task<TResult>> tracked = EF.CompileAsyncQuery(query);
    private readonly Func<MusterDb, TKey, CancellationToken, Task<TResult>> untracked = EF.CompileAsyncQuery(query);

    public Task<TResult> AskAsync(MusterDb db, TKey key, CancellationToken ct) =>
        (db.ChangeTracker.QueryTrackingBehavior == QueryTrackingBehavior.TrackAll ? tracked : untracked)(db, key, ct);
}

/// <summary>The same for a question with two parts.</summary>
internal sealed class Prepared<TKey, TOther, TResult>(Expression<Func<MusterDb, TKey, TOther, CancellationToken, TResult>> query)
{
    private readonly Func<MusterDb, TKey, TOther, CancellationToken, Task<TResult>> tracked = EF.CompileAsyncQuery(query);
    private readonly Func<MusterDb, TKey, TOther, CancellationToken, Task<TResult>> untracked = EF.CompileAsyncQuery(query);

    public Task<TResult> AskAsync(MusterDb db, TKey key, TOther other, CancellationToken ct) =>
        (db.ChangeTracker.QueryTrackingBehavior == QueryTrackingBehavior.TrackAll ? tracked : untracked)(db, key, other, ct);
}

/// <summary>The same for a query with many answers; no more are loaded than it asks for.</summary>
internal sealed class PreparedList<TKey, TItem>(Expression<Func<MusterDb, TKey, IQueryable<TItem>>> query)
{
    private readonly Func<MusterDb, TKey, IAsyncEnumerable<TItem>> tracked = EF.CompileAsyncQuery(query);
    private readonly Func<MusterDb, TKey, IAsyncEnumerable<TItem>> untracked = EF.CompileAsyncQuery(query);

    public async Task<List<TItem>> AskAsync(MusterDb db, TKey key, CancellationToken ct)
    {
        var found = new List<TItem>();
        var asked = (db.ChangeTracker.QueryTrackingBehavior == QueryTrackingBehavior.TrackAll ? tracked : untracked)(db, key);
        await foreach (var item in asked.WithCancellation(ct))
            found.Add(item);
        return found;
    }
}
