using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Server.Storage;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>
/// The counts of attempts. An attempt is counted here, at once, before its password is looked at, so that many at a time do not
/// slip through together; a failure is written down with its audit record, so that a restart forgets none.
/// </summary>
internal sealed class AttemptLedger(IDbContextFactory<MusterDb> contexts, IOptions<SignInOptions> options, TimeProvider clock)
{
    private readonly Dictionary<string, SignInAttempts> counts = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <param name="name">The account, or what was typed for one.</param>
    /// <param name="known">The mark of a browser that signed in to it before; null for a stranger.</param>
    /// <returns>The keys that were counted, and the moment from which the next attempt may be made when this one may not.</returns>
    public async Task<(IReadOnlyList<string> Keys, DateTimeOffset? BlockedUntil)> BeginAsync(
        string name,
        string network,
        string? known,
        CancellationToken ct
    )
    {
        string[] keys = known is not null ? [$"b:{name}:{known}"] : [$"n:{name}:{network}", $"p:{network}", $"a:{name}"];
        await LoadAsync(keys, ct);
        lock (gate)
            return (keys, known is not null ? BeginKnown(keys) : BeginStranger(keys));
    }

    /// <summary>The password was right.</summary>
    /// <returns>Whether a failure that is written down no longer counts.</returns>
    public bool Succeed(IReadOnlyList<string> keys)
    {
        lock (gate)
        {
            var written = false;
            foreach (var key in keys.Where(k => !k.StartsWith("a:", StringComparison.Ordinal)))
            {
                var count = Of(key);
                written |= count.IsWritten;
                if (key.StartsWith("p:", StringComparison.Ordinal))
                    count.TakeBack();
                else
                    count.Succeed();
            }
            return written;
        }
    }

    /// <summary>Brings the counts of these keys into the caller's transaction.</summary>
    public async Task WriteAsync(MusterDb db, IReadOnlyList<string> keys, CancellationToken ct)
    {
        var rows = await db.Set<SignInAttempts>()
            .Where(a => keys.Contains(a.Key))
            .ToDictionaryAsync(a => a.Key, StringComparer.Ordinal, ct);
        lock (gate)
            foreach (var key in keys)
            {
                if (!rows.TryGetValue(key, out var row))
                    db.Add(row = new SignInAttempts(key));
                row.TakeFrom(Of(key));
            }
    }

    /// <summary>Drops what no longer counts.</summary>
    public void Forget(DateTimeOffset before)
    {
        lock (gate)
            foreach (var old in counts.Where(c => c.Value.LastAt < before).Select(c => c.Key).ToList())
                counts.Remove(old);
    }

    private DateTimeOffset? BeginKnown(string[] keys) =>
        Of(keys[0]).Begin(options.Value.FreeAttempts, options.Value.LongestWait, options.Value, clock.GetUtcNow());

    private DateTimeOffset? BeginStranger(string[] keys)
    {
        var (o, now, all) = (options.Value, clock.GetUtcNow(), Of(keys[2]));
        var underAttack = all.Failures >= o.AttackThreshold && now - all.LastAt < o.Forgotten;
        var free = underAttack ? o.FreeAttemptsUnderAttack : o.FreeAttempts;
        var blocked =
            Of(keys[0]).Begin(free, o.LongestWait, o, now) ?? Of(keys[1]).Begin(o.FreeAttemptsPerPlace, o.LongestWaitPerPlace, o, now);
        if (blocked is null)
            all.Begin(int.MaxValue, TimeSpan.Zero, o, now);
        return blocked;
    }

    private SignInAttempts Of(string key)
    {
        if (!counts.TryGetValue(key, out var count))
            counts.Add(key, count = new SignInAttempts(key));
        return count;
    }

    private async Task LoadAsync(string[] keys, CancellationToken ct)
    {
        string[] missing;
        lock (gate)
            missing = [.. keys.Where(k => !counts.ContainsKey(k))];
        if (missing.Length == 0)
            return;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await db.Set<SignInAttempts>().Where(a => missing.Contains(a.Key)).ToListAsync(ct);
        lock (gate)
            foreach (var row in rows)
                if (counts.TryAdd(row.Key, row))
                    row.MarkWritten();
    }
}
