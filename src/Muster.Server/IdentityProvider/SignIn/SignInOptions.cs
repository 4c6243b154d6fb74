namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>Sessions and the slowing of guesses.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>Longest life of a session, used or not.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(10);

    /// <summary>Wrong passwords from one place against one account before the place has to wait.</summary>
    public int FreeAttempts { get; set; } = 10;

    /// <summary>The same for places never seen before while an account is under attack from many of them.</summary>
    public int FreeAttemptsUnderAttack { get; set; } = 1;

    /// <summary>Failures against one account, from all unknown places together, that count as an attack.</summary>
    public int AttackThreshold { get; set; } = 50;

    /// <summary>Failures from one place against any accounts before the place has to wait.</summary>
    public int FreeAttemptsPerPlace { get; set; } = 40;

    /// <summary>Longest wait of a place against one account.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Longest wait of a place against all accounts: short, because many people may share an address.</summary>
    public TimeSpan LongestWaitPerPlace { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After so long without an attempt the count begins anew.</summary>
    public TimeSpan Forgotten { get; set; } = TimeSpan.FromHours(1);

    public IEnumerable<string> Problems()
    {
        if (SessionLifetime <= TimeSpan.Zero || SessionLifetime > TimeSpan.FromDays(30))
            yield return "SignIn:SessionLifetime must lie between nothing and 30 days";
        if (FreeAttempts < 1 || FreeAttemptsUnderAttack < 1 || FreeAttemptsPerPlace < 1 || AttackThreshold < 1)
            yield return "SignIn: the numbers of free attempts must be at least 1";
        if (LongestWait <= TimeSpan.Zero || LongestWaitPerPlace <= TimeSpan.Zero || Forgotten <= TimeSpan.Zero)
            yield return "SignIn: waits must be longer than nothing";
    }
}
