using System.Collections.Frozen;

namespace Muster.Core.Accounts;

/// <summary>What an account name may be, and how it is proposed.</summary>
public sealed record AccountNameRules
{
    /// <summary>Shortest name. Default 4.</summary>
    public int MinLength { get; init; } = 4;

    /// <summary>Longest name. Default 8, what old systems and file shares still bear.</summary>
    public int MaxLength { get; init; } = 8;

    /// <summary>Names that belong to machines and offices, lower case.</summary>
    public IReadOnlySet<string> Reserved { get; init; } = Shipped;

    /// <summary>
    /// How names are made, best first: <c>{family}</c>, <c>{given}</c>, <c>{g}</c> and <c>{gg}</c> (first letters of the given name). The
    /// family part is shortened until the whole fits; numbered names follow by themselves.
    /// </summary>
    public IReadOnlyList<string> Patterns { get; init; } = ["{family}", "{family}{g}", "{family}{gg}", "{g}{family}", "{family}{given}"];

    /// <summary>Every violation, in words for an operator; empty when the rules hold together.</summary>
    public IEnumerable<string> Problems()
    {
        if (MinLength is < 1 or > 32)
            yield return "the shortest account name must have 1 to 32 characters";
        if (MaxLength < MinLength || MaxLength > 32)
            yield return "the longest account name must have at least as many characters as the shortest, and at most 32";
        if (MaxLength < 4)
            yield return "the longest account name must leave room for a letter and three digits";
        if (
            Patterns.Count == 0
            || Patterns.Any(p => !p.Contains("{family}", StringComparison.Ordinal) && !p.Contains("{given}", StringComparison.Ordinal))
        )
            yield return "every pattern for account names must contain {family} or {given}";
    }

    private static readonly FrozenSet<string> Shipped = """
        root admin administrator adm sysadmin system daemon bin sync games mail mailer postmaster hostmaster webmaster abuse security
        noc www web http https ftp ssh sshd dns named ntp ldap slapd kerberos krb proxy backup operator operators nobody nogroup guest
        test tester testing demo user users staff member members support helpdesk help info contact office secretary registrar
        muster portal service services daemons cron at lp news uucp list lists irc gnats postgres mysql oracle git svn jenkins build
        anonymous unknown null none void self me you all everyone public private account accounts login signin signup register
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
