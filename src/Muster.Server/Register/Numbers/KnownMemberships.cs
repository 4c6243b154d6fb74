using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Muster.Core.Imports;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Numbers;
using Muster.Server.Storage;

namespace Muster.Server.Register.Numbers;

/// <summary>
/// Every membership there ever was, as it is counted. Numbers over years need them all, and they change seldom: they are kept until this process
/// changes one, and for a minute at most, for another process may.
/// </summary>
internal sealed class KnownMemberships(CommitSignal signal, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly CommitCount changes = new(
        signal,
        written => written is Membership or Institute or ImportBatch || written == CommitSignal.Untold
    );
    private readonly SemaphoreSlim turn = new(1);
    private volatile Known? known;

    public async Task<IReadOnlyList<MembershipFact>> AllAsync(MusterDb db, CancellationToken ct)
    {
        if (Fresh() is { } kept)
            return kept.Facts;
        await turn.WaitAsync(ct);
        try
        {
            if (Fresh() is { } meanwhile)
                return meanwhile.Facts;
            var asOf = changes.Now;
            var until = clock.GetUtcNow() + Lifetime;
            var facts = await ReadAsync(db, ct);
            known = new Known(facts, asOf, until);
            return facts;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private Known? Fresh() => known is { } kept && kept.AsOf == changes.Now && clock.GetUtcNow() < kept.Until ? kept : null;

    private static Task<List<MembershipFact>> ReadAsync(MusterDb db, CancellationToken ct)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        var categories = new Dictionary<string, MembershipCategory>(StringComparer.Ordinal);
        return db.ListAsync(
            """
            select s.member_id, s.institute_id, i.country, s.position, s.category, s."from", s."until"
            from memberships s join institutes i on i.id = s.institute_id
            """,
            [],
            row => Fact(row, words, categories),
            ct
        );
    }

    /// <summary>The few words are kept once each, not once a membership.</summary>
    private static MembershipFact Fact(
        DbDataReader row,
        Dictionary<string, string> words,
        Dictionary<string, MembershipCategory> categories
    )
    {
        ref var category = ref CollectionsMarshal.GetValueRefOrAddDefault(categories, row.GetString(4), out var isKnown);
        if (!isKnown)
            category = Enum.Parse<MembershipCategory>(row.GetString(4));
        return new MembershipFact(
            row.GetGuid(0),
            row.GetGuid(1),
            Once(words, row.GetString(2)),
            Once(words, row.GetString(3)),
            category,
            row.GetFieldValue<DateOnly>(5),
            row.IsDBNull(6) ? null : row.GetFieldValue<DateOnly>(6)
        );
    }

    private static string Once(Dictionary<string, string> words, string word)
    {
        ref var kept = ref CollectionsMarshal.GetValueRefOrAddDefault(words, word, out _);
        return kept ??= word;
    }

    private sealed record Known(IReadOnlyList<MembershipFact> Facts, long AsOf, DateTimeOffset Until);
}
