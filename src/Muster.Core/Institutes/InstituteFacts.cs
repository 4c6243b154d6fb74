using Muster.Core.Members;

namespace Muster.Core.Institutes;

/// <summary>What the register says about an institute, as somebody typed it and as <see cref="Check"/> found it good.</summary>
/// <param name="Name">Full name, 1 to 200 characters.</param>
/// <param name="ShortName">As in lists, 1 to 40 characters.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Address">For the author list, up to 300 characters; or null.</param>
/// <param name="Since">First day as an institute of the collaboration.</param>
/// <param name="Until">First day after it left; null while it is in.</param>
public sealed record InstituteFacts(
    string Name,
    string ShortName,
    string Country,
    string? Address,
    string? Ror,
    DateOnly Since,
    DateOnly? Until
)
{
    public const int MaxName = 200;
    public const int MaxShortName = 40;
    public const int MaxAddress = 300;

    /// <summary>
    /// Everything that is wrong, each with its field: <c>institute.name-missing</c>, <c>institute.short-name-missing</c>,
    /// <c>institute.too-long</c> (bound), <c>institute.bad-characters</c>, <c>institute.country-unknown</c>, <c>ror.malformed</c>,
    /// <c>ror.wrong-checksum</c>, <c>institute.ends-before</c>.
    /// </summary>
    public IReadOnlyList<Refusal> Check()
    {
        var found = new List<Refusal>();
        CheckText(Name, "name", MaxName, "institute.name-missing", found);
        CheckText(ShortName, "shortName", MaxShortName, "institute.short-name-missing", found);
        CheckText(Address, "address", MaxAddress, null, found);
        if (!Countries.Contains(Country))
            found.Add(new Refusal("institute.country-unknown", "country"));
        if (Ror is not null && !RorId.Parse(Ror).TryGet(out _, out var why))
            found.Add(why.At("ror"));
        if (Until <= Since)
            found.Add(new Refusal("institute.ends-before", "until"));
        return found;
    }

    private static void CheckText(string? text, string field, int longest, string? missing, List<Refusal> found)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (missing is not null)
                found.Add(new Refusal(missing, field));
        }
        else if (text.Length > longest)
            found.Add(new Refusal("institute.too-long", field) { Arguments = [$"{longest}"] });
        else if (!WellFormedText.Is(text))
            found.Add(new Refusal("institute.bad-characters", field));
    }
}
