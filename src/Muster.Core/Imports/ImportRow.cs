using System.Globalization;
using Muster.Core.Members;

namespace Muster.Core.Imports;

/// <summary>A person and one membership as a line that can be imported again and changes nothing then.</summary>
public static class ImportRow
{
    /// <param name="membership">Null for somebody without one.</param>
    /// <param name="institute">How a file names it.</param>
    /// <returns>A text for each of <see cref="ImportFields.All"/>, in their order; null where there is nothing.</returns>
    public static IReadOnlyList<string?> Of(Member member, Membership? membership, string? institute)
    {
        ArgumentNullException.ThrowIfNull(member);
        return
        [
            member.Id.ToString(),
            member.Given,
            member.Family,
            member.NameOrder == NameOrder.FamilyFirst ? "yes" : "no",
            member.Native,
            member.PublicationName,
            member.Orcid,
            Joined(' ', member.Emails.OrderBy(e => e.Position).Select(e => e.Address)),
            Joined('\n', member.Certificates.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Subject)),
            institute,
            membership?.Position,
            membership?.Category.ToString(),
            membership?.Percent.ToString(CultureInfo.InvariantCulture),
            Day(membership?.From),
            Day(membership?.Until?.AddDays(-1)),
            Day(membership?.AuthorFrom),
            Day(membership?.AuthorUntil?.AddDays(-1)),
        ];
    }

    private static string? Joined(char between, IEnumerable<string> all) => string.Join(between, all) is { Length: > 0 } text ? text : null;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
