using Microsoft.EntityFrameworkCore;
using Muster.Server.Audit;
using Muster.Server.Storage;

namespace Muster.Server.Operator;

/// <summary>Database and audit trail of an installation whose server does not run: for verbs that write.</summary>
internal sealed class Offline(WebApplication app)
{
    /// <summary>One transaction.</summary>
    public async Task<T> WriteAsync<T>(Func<MusterDb, AuditTrail, DateTimeOffset, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<MusterDb>>().CreateDbContextAsync(ct);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        await using var transaction = await app.Services.GetRequiredService<IStorageEngine>().BeginWritingAsync(db, ct);
        var answer = await work(
            db,
            app.Services.GetRequiredService<AuditTrail>(),
            app.Services.GetRequiredService<TimeProvider>().GetUtcNow(),
            ct
        );
        await transaction.CommitAsync(ct);
        return answer;
    }
}
