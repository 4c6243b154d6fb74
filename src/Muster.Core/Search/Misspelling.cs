namespace Muster.Core.Search;

/// <summary>
/// One slip of the finger apart: a letter too many, too few, another one, or two exchanged. Found without comparing with every word: two
/// words one slip apart share a form that is either of them with at most one letter left out.
/// </summary>
public static class Misspelling
{
    /// <summary>Shorter words are one slip from half the list, and are not corrected.</summary>
    public const int MinLength = 4;

    /// <summary>Longer words are not corrected: each letter is one more form to keep.</summary>
    public const int MaxLength = 24;

    /// <summary>Every form of the word with one letter left out; none for words that are too short or too long.</summary>
    public static IReadOnlyList<string> Forms(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return word.Length is < MinLength or > MaxLength
            ? []
            : [.. Enumerable.Range(0, word.Length).Select(i => word.Remove(i, 1)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether at most one slip lies between the two.</summary>
    public static bool IsOneSlip(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (Math.Abs(a.Length - b.Length) > 1)
            return false;
        var same = 0;
        while (same < Math.Min(a.Length, b.Length) && a[same] == b[same])
            same++;
        var restA = a.AsSpan(same);
        var restB = b.AsSpan(same);
        if (restA.IsEmpty || restB.IsEmpty)
            return true; // their lengths differ by one at most
        if (restA.Length > restB.Length)
            return restA[1..].SequenceEqual(restB);
        if (restB.Length > restA.Length)
            return restB[1..].SequenceEqual(restA);
        return restA[1..].SequenceEqual(restB[1..])
            || (restA.Length > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA[2..].SequenceEqual(restB[2..]));
    }
}
