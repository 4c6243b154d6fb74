using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Search;

namespace Muster.Core.Profiles;

/// <summary>A member as one viewer sees them: what is hidden from that viewer is not in it.</summary>
public sealed record Profile(MemberId Id, string Name, string SortName)
{
    public string? Native { get; init; }

    /// <summary>One for each membership of today that shows anything.</summary>
    public IReadOnlyList<ProfilePlace> Places { get; init; } = [];
    public DateOnly? MemberSince { get; init; }
    public string? Email { get; init; }
    public string? Orcid { get; init; }
    public IReadOnlyList<LanguageTag> Languages { get; init; } = [];
    public string? Phone { get; init; }
    public string? Office { get; init; }
    public string? Web { get; init; }

    /// <summary>What the viewer can find the member by: words of what the viewer sees, and of nothing else.</summary>
    public IReadOnlySet<string> Words()
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        words.UnionWith(SearchText.Words(Name));
        words.UnionWith(SearchText.Words(Native));
        foreach (var place in Places)
            words.UnionWith(SearchText.Words(place.Institute?.ShortName));
        if (Email is { } email && EmailAddress.Parse(email).TryGet(out var address, out _))
        {
            words.UnionWith(SearchText.Words(address.Key[..Math.Max(0, address.Key.IndexOf('@', StringComparison.Ordinal))]));
            words.Add(SearchText.Whole(address.Key));
        }
        if (Orcid is { } orcid)
            words.Add(SearchText.Whole(orcid));
        return words;
    }

    /// <summary>Whether every word of a question begins a word of the profile, or is one that was looked for in its place.</summary>
    /// <param name="question">As <see cref="SearchText.Question"/> gives it.</param>
    /// <param name="insteadOf">For each word of the question whole words in its place, or null; empty for none at all. Not put together: one
    /// word that is seen must not stand for another that is hidden.</param>
    public bool IsFoundBy(IReadOnlyList<string> question, IReadOnlyList<IReadOnlyList<string>?> insteadOf)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(insteadOf);
        var words = Words();
        return question
            .Select((q, i) => (Word: q, Instead: i < insteadOf.Count ? insteadOf[i] : null))
            .All(q =>
                words.Any(w => w.StartsWith(q.Word, StringComparison.Ordinal) || q.Instead?.Contains(w, StringComparer.Ordinal) == true)
            );
    }
}

/// <summary>Where somebody is; null what is hidden.</summary>
public sealed record ProfilePlace(Institute? Institute, string? Country, string? Position);
