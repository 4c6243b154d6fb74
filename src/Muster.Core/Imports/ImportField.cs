namespace Muster.Core.Imports;

/// <summary>The columns of a file with people, in the order in which an export has them.</summary>
public enum ImportField
{
    Id,
    Given,
    Family,
    FamilyFirst,
    Native,
    PublicationName,
    Orcid,
    Email,
    Certificate,
    Institute,
    Position,
    Category,
    Percent,
    From,
    Until,
    AuthorFrom,
    AuthorUntil,
}

/// <summary>Names of the columns, as they stand in the first row of a table and in the objects of a JSON file.</summary>
public static class ImportFields
{
    public static IReadOnlyList<ImportField> All { get; } = Enum.GetValues<ImportField>();

    private static readonly Dictionary<string, ImportField> byName = All.ToDictionary(
        f => f.Name(),
        f => f,
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Without these a table is refused.</summary>
    public static IReadOnlyList<ImportField> Needed { get; } =
    [ImportField.Given, ImportField.Family, ImportField.Institute, ImportField.From];

    /// <summary><c>publicationName</c> for <see cref="ImportField.PublicationName"/>.</summary>
    public static string Name(this ImportField field)
    {
        var name = field.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>In any case, with blanks around it; null where there is no such column.</summary>
    public static ImportField? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return byName.TryGetValue(name.Trim(), out var field) ? field : null;
    }
}
