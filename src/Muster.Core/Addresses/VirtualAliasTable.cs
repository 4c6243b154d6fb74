using System.Text;
using Muster.Core.Members;

namespace Muster.Core.Addresses;

/// <summary>The addresses of a collaboration and the mailboxes behind them, as the table that Postfix reads (virtual(5)).</summary>
public static class VirtualAliasTable
{
    /// <summary>
    /// One line <c>local@domain  mailbox</c> for each row, by local part, under the comment; UTF-8, lines end with LF. The same rows make the
    /// same text. A mailbox in the domain itself would send mail in a circle and is left out.
    /// </summary>
    /// <param name="domain">In ASCII and lower case.</param>
    /// <param name="comment">Lines that say what the file is.</param>
    public static string Write(string domain, IEnumerable<string> comment, IEnumerable<(string Local, EmailAddress Mailbox)> rows)
    {
        ArgumentNullException.ThrowIfNull(comment);
        ArgumentNullException.ThrowIfNull(rows);
        var text = new StringBuilder();
        foreach (var line in comment.SelectMany(c => c.Split('\n', StringSplitOptions.TrimEntries)))
            text.Append("# ").Append(line).Append('\n');
        foreach (var (local, mailbox) in rows.Where(r => r.Mailbox.Domain != domain).OrderBy(r => r.Local, StringComparer.Ordinal))
            text.Append(local).Append('@').Append(domain).Append("  ").Append(mailbox.Route).Append('\n');
        return text.ToString();
    }
}
