using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Numbers;
using Muster.Server.Storage;

namespace Muster.Server.Register.Numbers;

internal static class NumbersTable
{
    /// <summary>All that is counted for what was asked.</summary>
    public static async Task<Counted> CountedAsync(this MusterDb db, KnownMemberships memberships, NumbersAsked asked, CancellationToken ct)
    {
        // First the memberships: an institute that is entered meanwhile is then known, and not the other way round.
        var known = await memberships.AllAsync(db, ct);
        var institutes = (
            await db.Set<Institute>()
                .Select(i => new
                {
                    i.Id,
                    i.ShortName,
                    i.Country,
                    i.Since,
                    i.Until,
                })
                .ToListAsync(ct)
        ).ToDictionary(i => i.Id);
        return new Counted(
            asked,
            known,
            [.. institutes.Values.Select(i => new InstituteFact(i.Id.Value, i.Country, i.Since, i.Until))],
            institutes.Values.ToDictionary(i => i.Id.Value, i => i.ShortName)
        );
    }
}
