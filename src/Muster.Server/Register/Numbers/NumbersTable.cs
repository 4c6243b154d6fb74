using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Numbers;
using Muster.Server.Storage;

namespace Muster.Server.Register.Numbers;

internal static class NumbersTable
{
    /// <summary>All that is counted for what was asked, in two questions.</summary>
    public static async Task<Counted> CountedAsync(this MusterDb db, NumbersAsked asked, CancellationToken ct)
    {
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
        var (first, last) = asked.On < asked.From ? (asked.On, asked.To) : (asked.From, asked.On > asked.To ? asked.On : asked.To);
        var memberships = await db.Set<Membership>()
            .Where(m => m.From <= last && (m.Until == null || m.Until > first))
            .Select(m => new
            {
                m.MemberId,
                m.InstituteId,
                m.Position,
                m.Category,
                m.From,
                m.Until,
            })
            .ToListAsync(ct);
        return new Counted(
            asked,
            [
                .. memberships.Select(m => new MembershipFact(
                    m.MemberId.Value,
                    m.InstituteId.Value,
                    institutes[m.InstituteId].Country,
                    m.Position,
                    m.Category,
                    m.From,
                    m.Until
                )),
            ],
            [.. institutes.Values.Select(i => new InstituteFact(i.Id.Value, i.Country, i.Since, i.Until))],
            institutes.Values.ToDictionary(i => i.Id.Value, i => i.ShortName)
        );
    }
}
