namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>
/// Failures that came from one place against one account (or one place against all). Places are slowed, accounts are not locked:
/// an attacker waits ever longer, the owner at their own place is not shut out.
/// </summary>
internal sealed class SignInAttempts
{
    private SignInAttempts() { }

    public SignInAttempts(string key) => Key = key;

    public string Key { get; private set; } = "";
    public int Failures { get; private set; }
    public DateTimeOffset LastAt { get; private set; }
    public DateTimeOffset? BlockedUntil { get; private set; }

    /// <summary>Whether the table has a row with failures for this key.</summary>
    public bool IsWritten { get; private set; }

    public void MarkWritten() => IsWritten = true;

    /// <summary>This row becomes what was counted.</summary>
    public void TakeFrom(SignInAttempts counted)
    {
        (Failures, LastAt, BlockedUntil) = (counted.Failures, counted.LastAt, counted.BlockedUntil);
        counted.IsWritten = counted.Failures > 0;
    }

    /// <summary>Counts an attempt before its outcome is known, so that many at once do not slip through together.</summary>
    /// <returns>Null when the attempt may go on, else the moment from which the next one may.</returns>
    public DateTimeOffset? Begin(int free, TimeSpan longest, SignInOptions options, DateTimeOffset now)
    {
        if (now - LastAt >= options.Forgotten)
            Failures = 0;
        if (BlockedUntil is { } until && now < until)
            return until;
        Failures++;
        LastAt = now;
        BlockedUntil = Failures < free ? null : now + Pause(Failures - free, longest);
        return null;
    }

    /// <summary>The attempt was right: this place is trusted again.</summary>
    public void Succeed()
    {
        Failures = 0;
        BlockedUntil = null;
    }

    /// <summary>The attempt was right, but says nothing about the other ones from there: only this one is taken back.</summary>
    public void TakeBack()
    {
        Failures = Math.Max(0, Failures - 1);
        BlockedUntil = null;
    }

    /// <summary>2 s, 4 s, 8 s … up to the longest.</summary>
    private static TimeSpan Pause(int beyond, TimeSpan longest)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(beyond + 1, 20)));
        return pause < longest ? pause : longest;
    }
}
