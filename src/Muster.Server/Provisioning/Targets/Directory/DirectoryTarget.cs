using Microsoft.EntityFrameworkCore;
using Muster.Core.Provisioning;
using Muster.Server.Storage;

namespace Muster.Server.Provisioning.Targets.Directory;

/// <summary>
/// The built-in directory. It lies in the same database, so its change and the mark on the order are one transaction:
/// what is applied is applied exactly once.
/// </summary>
internal static class DirectoryTarget
{
    private static readonly Prepared<Guid, DirectoryEntry?> ofAccount = new(
        (db, id, ct) => db.Set<DirectoryEntry>().SingleOrDefault(e => e.AccountId == id)
    );

    public static async Task ApplyAsync(MusterDb db, DesiredState desired, DateTimeOffset now, CancellationToken ct)
    {
        var entry = await ofAccount.AskAsync(db, desired.Account.Value, ct);
        if (entry is null)
            db.Add(DirectoryEntry.For(desired, now));
        else
            entry.BringTo(desired, now);
    }
}
