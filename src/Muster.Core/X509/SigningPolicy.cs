namespace Muster.Core.X509;

/// <summary>One block of a <c>.signing_policy</c> file: the subjects an authority may sign.</summary>
/// <param name="Issuer">The authority.</param>
/// <param name="Permits">False for negative rights.</param>
/// <param name="Patterns">Patterns over the slash form; <c>*</c> is any run, <c>?</c> any one character.</param>
public sealed record SigningPolicyBlock(DistinguishedName Issuer, bool Permits, IReadOnlyList<string> Patterns)
{
    public bool Matches(DistinguishedName subject)
    {
        var text = SlashForm.WithOneSpelling(subject.Slash);
        return Patterns.Any(pattern => SigningPolicy.Matches(SlashForm.WithOneSpelling(pattern), text));
    }
}

/// <summary>What <c>.signing_policy</c> files say (Globus extended access control lists).</summary>
public static class SigningPolicy
{
    /// <summary>Code of every problem in such a file.</summary>
    public const string SyntaxCode = "anchor.signing-policy-syntax";

    /// <summary>
    /// Reads a file of blocks <c>access_id_CA X509 'DN'</c>, <c>pos_rights globus CA:sign</c>, <c>cond_subjects globus '"…" "…"'</c>.
    /// A name without blanks may stand unquoted. The first line that is not so is the problem; then there are no blocks.
    /// </summary>
    public static (IReadOnlyList<SigningPolicyBlock> Blocks, PolicyProblem? Problem) Read(string text)
    {
        if (text.Length > PolicyLine.MaximumLength)
        {
            return ([], new PolicyProblem(1, SyntaxCode));
        }

        var blocks = new List<SigningPolicyBlock>();
        DistinguishedName? issuer = null;
        bool? permits = null;
        var isOpen = false;
        var last = 1;
        foreach (var line in PolicyLine.Read(text))
        {
            last = line.Number;
            var understood =
                PolicyLine.Words(line.Text) is { Count: 3 } words
                && words[0].Quote == '\0'
                && words[1].Quote == '\0'
                && (words[0].Word.ToLowerInvariant(), words[1].Word.ToLowerInvariant()) switch
                {
                    ("access_id_ca", "x509") => !isOpen && Begin(words[2].Word),
                    ("pos_rights", "globus") => issuer is not null && Grant(words[2].Word, true),
                    ("neg_rights", "globus") => issuer is not null && Grant(words[2].Word, false),
                    ("cond_subjects", "globus") => permits is not null && Add(words[2]),
                    _ => false,
                };
            if (!understood)
            {
                return ([], new PolicyProblem(line.Number, SyntaxCode));
            }
        }

        return isOpen ? ([], new PolicyProblem(last, SyntaxCode)) : (blocks, null);

        bool Begin(string name)
        {
            (permits, isOpen) = (null, true);
            return DistinguishedName.ParseSlash(name).TryGet(out issuer, out _);
        }

        bool Grant(string right, bool positive)
        {
            (permits, isOpen) = (positive, true);
            return string.Equals(right, "CA:sign", StringComparison.OrdinalIgnoreCase);
        }

        bool Add((string Word, char Quote) subjects)
        {
            isOpen = false;
            var patterns =
                subjects is { Quote: '\'', Word: var inner } && inner.TrimStart().StartsWith('"')
                    ? PolicyLine.Words(inner) is { } list && list.All(w => w.Quote == '"')
                        ? list.ConvertAll(w => w.Word)
                        : null
                    : [subjects.Word.Trim()];
            if (patterns is null || issuer is null || permits is not { } positive || patterns.Any(p => p.Length is 0 or > 4096))
            {
                return false;
            }

            blocks.Add(new SigningPolicyBlock(issuer, positive, patterns));
            return true;
        }
    }

    /// <summary>Null when no block is about the issuer; otherwise whether the subject is inside: a negative match refuses, a positive one is needed.</summary>
    public static bool? Permit(IEnumerable<SigningPolicyBlock> aboutIssuer, DistinguishedName subject)
    {
        bool? permitted = null;
        foreach (var block in aboutIssuer)
        {
            permitted ??= false;
            if (block.Matches(subject))
            {
                if (!block.Permits)
                {
                    return false;
                }

                permitted = true;
            }
        }

        return permitted;
    }

    /// <summary>Wildcard match in at most pattern × text steps; letters exactly.</summary>
    internal static bool Matches(string pattern, string text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).Trim('*').IsEmpty;
    }
}
