using System.Collections.Frozen;

namespace Muster.Core.Addresses;

/// <summary>Which local parts belong to offices and machines, and to no person.</summary>
public sealed class LocalPartRules
{
    /// <summary>
    /// RFC 2142 §2–§5 and RFC 5321 §4.5.1 (postmaster), the names to which authorities mail to learn who holds a domain (CA/Browser Forum
    /// Baseline Requirements §3.2.2.4.4), what mail programs look for by themselves, and what people would take for the collaboration.
    /// </summary>
    private static readonly FrozenSet<string> shipped = """
        abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp info marketing sales support
        admin administrator root ssladmin ssladministrator sslwebmaster sysadmin it is
        noreply no-reply no.reply donotreply do-not-reply mailer-daemon daemon mail mailer smtp imap pop dns bounce bounces double-bounce
        nobody null devnull system operator operators autoconfig autodiscover owner request list lists majordomo mailman listserv
        all everyone everybody members member staff users user guest anonymous test unknown
        office secretary secretariat spokesperson management board contact help helpdesk hotline service registrar registration muster
        accounts account billing legal privacy dpo gdpr press media jobs hr cert csirt csirts soc incident incidents ca pki
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private readonly FrozenSet<string> own;

    private LocalPartRules(FrozenSet<string> own) => this.own = own;

    /// <summary>What comes with the program.</summary>
    public static LocalPartRules Shipped { get; } = new(FrozenSet<string>.Empty);

    /// <summary>Besides the shipped ones, these; case does not matter.</summary>
    public static LocalPartRules With(IEnumerable<string> more) =>
        new(more.Select(m => m.Trim().ToLowerInvariant()).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>Mailing lists answer at names made from their own: RFC 2142 §6, and what list servers add.</summary>
    /// <param name="value">In lower case.</param>
    public bool IsReserved(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return shipped.Contains(value)
            || own.Contains(value)
            || value.StartsWith("owner-", StringComparison.Ordinal)
            || listSuffixes.Any(s => value.EndsWith(s, StringComparison.Ordinal));
    }

    private static readonly string[] listSuffixes =
    [
        "-request",
        "-owner",
        "-bounces",
        "-admin",
        "-confirm",
        "-join",
        "-leave",
        "-subscribe",
        "-unsubscribe",
    ];
}
