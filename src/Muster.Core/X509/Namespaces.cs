using System.Buffers;
using System.Text.RegularExpressions;

namespace Muster.Core.X509;

/// <summary>One statement of a <c>.namespaces</c> file: may this issuer sign this subject?</summary>
/// <param name="Issuer">The issuer, or null for <c>SELF</c>: the authority beside whose certificate the file lies.</param>
/// <param name="Permits">PERMIT or DENY.</param>
/// <param name="Subject">Regular expression over the whole slash form of the subject, as written.</param>
public sealed record NamespaceStatement(DistinguishedName? Issuer, bool Permits, string Subject)
{
    private static readonly SearchValues<char> Operators = SearchValues.Create(@"\()[]{}|+?^$");

    // The pattern is from a file, the subject from a stranger: without backtracking the time stays linear.
    private readonly Lazy<Regex> regex = new(() => Compile(Subject));

    /// <summary>True when the expression matches the whole slash form; types in any spelling, values exactly.</summary>
    public bool Matches(DistinguishedName subject) => regex.Value.IsMatch(SlashForm.WithOneSpelling(subject.Slash));

    internal bool Compiles()
    {
        // Nearly all real expressions are plain text and dots; building an automaton for each at load would cost more than all the rest.
        if (
            !Subject.AsSpan().ContainsAny(Operators)
            && !Subject.Replace(".*", "", StringComparison.Ordinal).Contains('*', StringComparison.Ordinal)
        )
        {
            return true;
        }

        try
        {
            _ = regex.Value;
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static Regex Compile(string pattern) =>
        new(
            @"\A(?:" + SlashForm.WithOneSpelling(pattern) + @")\z",
            RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
            TimeSpan.FromSeconds(1)
        );
}

/// <summary>What <c>.namespaces</c> files say (EUGridPMA, version 1.0).</summary>
public static class Namespaces
{
    /// <summary>Code of every problem in such a file.</summary>
    public const string SyntaxCode = "anchor.namespaces-syntax";

    /// <summary>
    /// Reads a file: statements <c>TO Issuer "DN"|SELF PERMIT|DENY Subject "expression"</c>, one to a line, keywords in any case,
    /// backslash at the end joins lines. The first line that is not so is the problem; then there are no statements.
    /// </summary>
    public static (IReadOnlyList<NamespaceStatement> Statements, PolicyProblem? Problem) Read(string text)
    {
        if (text.Length > PolicyLine.MaximumLength)
        {
            return ([], new PolicyProblem(1, SyntaxCode));
        }

        var statements = new List<NamespaceStatement>();
        foreach (var line in PolicyLine.Read(text))
        {
            if (ReadStatement(line.Text) is not { } statement)
            {
                return ([], new PolicyProblem(line.Number, SyntaxCode));
            }

            statements.Add(statement);
        }

        return (statements, null);
    }

    /// <summary>
    /// Null when no statement is about the issuer; otherwise whether the subject is inside: any matching DENY refuses, else one matching
    /// PERMIT is needed.
    /// </summary>
    public static bool? Permit(IEnumerable<NamespaceStatement> aboutIssuer, DistinguishedName subject)
    {
        bool? permitted = null;
        foreach (var statement in aboutIssuer)
        {
            permitted ??= false;
            if (statement.Matches(subject))
            {
                if (!statement.Permits)
                {
                    return false;
                }

                permitted = true;
            }
        }

        return permitted;
    }

    private static NamespaceStatement? ReadStatement(string line)
    {
        if (
            PolicyLine.Words(line)
            is not [("TO" or "To" or "to" or "tO", '\0'), var keyword, var issuer, var verb, var about, (var pattern, '"')]
        )
        {
            return null;
        }

        var permits = Is(verb, "PERMIT");
        if (!Is(keyword, "Issuer") || !Is(about, "Subject") || (!permits && !Is(verb, "DENY")) || pattern.Length is 0 or > 4096)
        {
            return null;
        }

        DistinguishedName? name = null;
        if (!Is(issuer, "SELF") && (issuer.Quote != '"' || !DistinguishedName.ParseSlash(issuer.Word).TryGet(out name, out _)))
        {
            return null;
        }

        var statement = new NamespaceStatement(name, permits, pattern);
        return statement.Compiles() ? statement : null;
    }

    private static bool Is((string Word, char Quote) word, string keyword) =>
        word.Quote == '\0' && string.Equals(word.Word, keyword, StringComparison.OrdinalIgnoreCase);
}
