namespace Muster.Core.X509;

/// <summary>Where and why a policy file cannot be read; <paramref name="Line"/> counts from 1.</summary>
public sealed record PolicyProblem(int Line, string Code);

/// <summary>One logical line of a policy file: continued lines joined, comments and blank lines gone.</summary>
internal readonly record struct PolicyLine(int Number, string Text)
{
    /// <summary>Longest policy file read, in characters; the longest real one is below 10,000.</summary>
    public const int MaximumLength = 1 << 20;

    public static IEnumerable<PolicyLine> Read(string text)
    {
        var lines = text.Split('\n');
        var at = 0;
        while (at < lines.Length)
        {
            var number = at + 1;
            var line = lines[at++].Trim();
            if (line.StartsWith('#'))
            {
                continue;
            }

            while (line.EndsWith('\\') && at < lines.Length)
            {
                line = line[..^1] + lines[at++].TrimEnd();
            }

            var kept = WithoutComment(line).Trim();
            if (kept.Length > 0)
            {
                yield return new PolicyLine(number, kept);
            }
        }
    }

    /// <summary>
    /// Words divided by blanks; single or double quotes hold a word together. Null where a quote stays open or something follows one directly.
    /// </summary>
    public static List<(string Word, char Quote)>? Words(string text)
    {
        var words = new List<(string, char)>();
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var quote = text[at] is '"' or '\'' ? text[at] : '\0';
            var start = quote == '\0' ? at : at + 1;
            var end = quote == '\0' ? start : Closing(text, quote, start);
            while (quote == '\0' && end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            if (end < 0)
            {
                return null;
            }

            at = quote == '\0' ? end : end + 1;
            if (
                (at < text.Length && !char.IsWhiteSpace(text[at]))
                || (quote == '\0' && text[start..end].Contains('"', StringComparison.Ordinal))
            )
            {
                return null;
            }

            words.Add(
                (
                    quote == '\0' ? text[start..end] : text[start..end].Replace("\\" + quote, quote.ToString(), StringComparison.Ordinal),
                    quote
                )
            );
        }

        return words;
    }

    /// <summary>The next quote that no backslash stands before (<c>Let\'s Encrypt</c>), or -1.</summary>
    private static int Closing(string text, char quote, int start)
    {
        var at = text.IndexOf(quote, start);
        while (at > start && text[at - 1] == '\\')
        {
            at = text.IndexOf(quote, at + 1);
        }

        return at;
    }

    private static string WithoutComment(string line)
    {
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '#' && quote == '\0')
            {
                return line[..i];
            }

            if (line[i] is '"' or '\'' && (i == 0 || line[i - 1] != '\\') && (quote == '\0' || quote == line[i]))
            {
                quote = quote == '\0' ? line[i] : '\0';
            }
        }

        return line;
    }
}
