namespace Muster.Core.Members;

/// <summary>
/// A certificate subject that stands for a member. The subject alone identifies (EUGridPMA: unique within IGTF); issuer, serial
/// and end are kept of the one that counts (<see cref="IsSucceededBy"/>), so that a CA that changes its name makes a stranger of nobody.
/// </summary>
public sealed class MemberCertificate
{
    private MemberCertificate() { }

    public MemberCertificate(MemberId member, string key, string subject, string source, DateTimeOffset now)
    {
        MemberId = member;
        Key = key;
        Subject = subject;
        Source = source;
        AddedAt = now;
    }

    public MemberId MemberId { get; private set; }

    /// <summary>Canonical key of the subject; unique over all members.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Slash form, for people.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Where it is known from: <c>list</c>, <c>registration</c>, <c>browser</c> or <c>request</c>.</summary>
    public string Source { get; private set; } = "";
    public DateTimeOffset AddedAt { get; private set; }
    public string? Issuer { get; private set; }
    public string? Serial { get; private set; }

    /// <summary>Inclusive, as <see cref="NotAfter"/>. Null where none was presented yet, and where the last was before begins were kept.</summary>
    public DateTimeOffset? NotBefore { get; private set; }

    /// <summary>Null where none was presented yet.</summary>
    public DateTimeOffset? NotAfter { get; private set; }

    /// <summary>Since when nothing is done on its word; null while it counts.</summary>
    public DateTimeOffset? SuspendedAt { get; private set; }

    /// <summary>The least number of days before the end that its holder was warned of; null when not yet.</summary>
    public int? WarnedDays { get; private set; }

    /// <summary>
    /// Whether <paramref name="seen"/> takes the place of what is recorded. Of two certificates of one subject the one that begins later counts, also
    /// where it ends earlier: an authority shortens, and the old one may be revoked. Of two that begin together the one that ends later. One that is over
    /// gives way to any that is not, and one whose begin is not known to any at all.
    /// </summary>
    /// <remarks>
    /// Of the begin that was not kept nothing can be known: it lies before the record was made, and so may that of a renewed one. Whoever shows an older
    /// one beside it is warned of that one's end, too early and once: the other begins later and counts again when it is shown next, for now a begin is
    /// known. Whoever shows a renewed one that ends earlier would never be warned at all, if it were not taken.
    /// </remarks>
    /// <param name="seen">Accepted at <paramref name="now"/>.</param>
    public bool IsSucceededBy(SeenCertificate seen, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (NotAfter is not { } end || (end < now && seen.NotAfter > end))
            return true;
        if (NotBefore is not { } begun)
            return true;
        return seen.NotBefore > begun || (seen.NotBefore == begun && seen.NotAfter > end);
    }

    /// <summary>Keeps what the certificate says, where it counts; a person may use an old and a new one side by side.</summary>
    /// <returns>True when it is another certificate of the same subject than before: renewed, or first seen.</returns>
    public bool Seen(SeenCertificate seen, DateTimeOffset now)
    {
        if (!IsSucceededBy(seen, now))
            return false;
        var isOther =
            !string.Equals(Serial, seen.Serial, StringComparison.Ordinal) || !string.Equals(Issuer, seen.Issuer, StringComparison.Ordinal);
        if (NotAfter != seen.NotAfter)
            WarnedDays = null;
        (Issuer, Serial, NotBefore, NotAfter) = (seen.Issuer, seen.Serial, seen.NotBefore, seen.NotAfter);
        return isOther;
    }

    /// <summary>False when it was suspended already.</summary>
    public bool Suspend(DateTimeOffset now)
    {
        if (SuspendedAt is not null)
            return false;
        SuspendedAt = now;
        return true;
    }

    /// <summary>False when it was not suspended.</summary>
    public bool Resume()
    {
        if (SuspendedAt is null)
            return false;
        SuspendedAt = null;
        return true;
    }

    /// <summary>
    /// The threshold whose warning is due, once each: of several that have passed only the nearest to the end. A threshold that is no shorter than
    /// the certificate's whole life says nothing and is passed in silence. Null when none is due, the end is not known or over, or the certificate is
    /// suspended.
    /// </summary>
    /// <param name="thresholds">Days before the end.</param>
    public int? TakeDueWarning(IReadOnlyList<int> thresholds, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        if (SuspendedAt is not null || NotAfter is not { } end || now > end)
            return null;
        var passed = thresholds.Where(days => end - now <= TimeSpan.FromDays(days)).ToList();
        if (passed.Count == 0 || WarnedDays <= passed.Min())
            return null;
        var nearest = passed.Min();
        WarnedDays = nearest;
        return NotBefore is { } begun && end - begun <= TimeSpan.FromDays(nearest) ? null : nearest;
    }
}

/// <summary>What a certificate that was presented and accepted says of itself.</summary>
/// <param name="Issuer">Slash form.</param>
/// <param name="Serial">Upper-case hexadecimal.</param>
/// <param name="NotBefore">Inclusive, as <paramref name="NotAfter"/> (RFC 5280 §4.1.2.5).</param>
public sealed record SeenCertificate(string Issuer, string Serial, DateTimeOffset NotBefore, DateTimeOffset NotAfter);
