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
