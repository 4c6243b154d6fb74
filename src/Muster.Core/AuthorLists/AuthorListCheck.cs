using System.Globalization;
using Muster.Core.Institutes;
using Muster.Core.Members;

namespace Muster.Core.AuthorLists;

/// <summary>
/// Everything that is wrong with a list, all at once, so that one round of corrections is enough. The field of a refusal is the place:
/// <c>reference</c>, <c>collaboration</c>, <c>authors</c>, <c>authors/ID/orcid</c>, <c>organisations/ID/ror</c>.
/// </summary>
public static class AuthorListCheck
{
    /// <returns>
    /// Empty, or refusals <c>author-list.…</c>, <c>orcid.…</c> and <c>ror.…</c>: what the list lacks, then author by author, then
    /// organisation by organisation, in the order given.
    /// </returns>
    public static IReadOnlyList<Refusal> Problems(AuthorList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var found = new List<Refusal>();
        CheckHead(list, found);
        var known = list.Organisations.Select(o => o.Id).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var orcids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var author in list.Authors)
            CheckAuthor(author, known, seen, orcids, found);
        var used = list.Authors.SelectMany(a => a.Affiliations).Select(a => a.OrganisationId).ToHashSet(StringComparer.Ordinal);
        var organisations = (
            Ids: new HashSet<string>(StringComparer.Ordinal),
            Names: new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        );
        foreach (var organisation in list.Organisations)
        {
            var isNew = organisations.Ids.Add(organisation.Id);
            // Under two ids it would stand twice on the title page, with two numbers.
            if (
                !organisations.Names.Add(string.Join('\n', organisation.Name.Trim(), organisation.Address?.Trim(), organisation.Country))
                || !isNew
            )
                found.Add(
                    Refusal
                        .With("author-list.organisation-twice", Shown(organisation.Name, organisation.Id))
                        .At($"organisations/{organisation.Id}")
                );
            CheckOrganisation(organisation, used, found);
        }
        return found;
    }

    private static void CheckHead(AuthorList list, List<Refusal> found)
    {
        if (string.IsNullOrWhiteSpace(list.Reference))
            found.Add(new Refusal("author-list.no-reference", "reference"));
        if (string.IsNullOrWhiteSpace(list.Collaboration.Name))
            found.Add(new Refusal("author-list.no-collaboration", "collaboration"));
        if (list.Authors.Count == 0)
            found.Add(new Refusal("author-list.no-authors", "authors"));
        CheckText(list.Reference, "reference", list.Collaboration.Name, found);
        CheckText(list.Collaboration.Name, "collaboration", list.Reference, found);
        CheckText(list.Collaboration.ExperimentNumber, "collaboration/experiment-number", list.Collaboration.Name, found);
    }

    private static void CheckAuthor(Author author, HashSet<string> known, HashSet<string> seen, HashSet<string> orcids, List<Refusal> found)
    {
        var place = $"authors/{author.Id}";
        var who = Shown(author.PaperName, author.Id);
        if (!seen.Add(author.Id))
            found.Add(Refusal.With("author-list.author-twice", who).At(place));
        if (!AuthorText.HasLetter(author.Family) || !AuthorText.HasLetter(author.PaperName))
            found.Add(Refusal.With("author-list.author-without-name", who).At(place));
        CheckName(author.Given, $"{place}/given", who, found);
        CheckName(author.Family, $"{place}/family", who, found);
        CheckName(author.PaperName, $"{place}/paper-name", who, found);
        CheckText(author.Native, $"{place}/native", who, found);
        CheckText(author.Funding, $"{place}/funding", who, found);
        if (!string.IsNullOrWhiteSpace(author.Orcid))
        {
            if (!Orcid.Parse(author.Orcid).TryGet(out var orcid, out var why))
                found.Add(why.At($"{place}/orcid"));
            else if (!orcids.Add(orcid.Value))
                found.Add(Refusal.With("author-list.orcid-twice", orcid.Value, who).At($"{place}/orcid"));
        }
        CheckAffiliations(author, place, who, known, found);
    }

    private static void CheckAffiliations(Author author, string place, string who, HashSet<string> known, List<Refusal> found)
    {
        if (author.Affiliations.Count == 0)
            found.Add(Refusal.With("author-list.author-without-affiliation", who).At(place));
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var affiliation in author.Affiliations)
        {
            if (!known.Contains(affiliation.OrganisationId))
                found.Add(
                    Refusal.With("author-list.unknown-organisation", who, Shown(affiliation.OrganisationId, "")).At($"{place}/affiliations")
                );
            if (!own.Add(affiliation.OrganisationId))
                found.Add(Refusal.With("author-list.affiliation-twice", who).At($"{place}/affiliations"));
        }
    }

    private static void CheckOrganisation(Organisation organisation, HashSet<string> used, List<Refusal> found)
    {
        var place = $"organisations/{organisation.Id}";
        var which = Shown(organisation.Name, organisation.Id);
        if (!used.Contains(organisation.Id))
            found.Add(Refusal.With("author-list.organisation-without-authors", which).At(place));
        if (!AuthorText.HasLetter(organisation.Name))
            found.Add(Refusal.With("author-list.organisation-without-name", which).At(place));
        CheckText(organisation.Name, $"{place}/name", which, found);
        CheckText(organisation.Address, $"{place}/address", which, found);
        if (!IsCountry(organisation.Country))
            found.Add(Refusal.With("author-list.unknown-country", which).At($"{place}/country"));
        if (!string.IsNullOrWhiteSpace(organisation.Ror) && !RorId.Parse(organisation.Ror).TryGet(out _, out var why))
            found.Add(why.At($"{place}/ror"));
    }

    private static void CheckName(string? text, string place, string who, List<Refusal> found)
    {
        if (text is null)
            return;
        if (!WellFormedText.Is(text))
            found.Add(Refusal.With("author-list.bad-text", who).At(place));
        else if (!AuthorText.IsLatin(text))
            found.Add(Refusal.With("author-list.name-not-latin", who).At(place));
    }

    private static void CheckText(string? text, string place, string where, List<Refusal> found)
    {
        if (text is not null && !WellFormedText.Is(text))
            found.Add(Refusal.With("author-list.bad-text", Shown(where, "")).At(place));
    }

    private static bool IsCountry(string code)
    {
        if (code.Length != 2 || !code.All(char.IsAsciiLetterUpper))
            return false;
        try
        {
            return new RegionInfo(code).TwoLetterISORegionName == code;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>What a sentence can name it by.</summary>
    private static string Shown(string name, string id) =>
        !string.IsNullOrWhiteSpace(name) && WellFormedText.Is(name) ? name
        : WellFormedText.Is(id) ? id
        : "…";
}
