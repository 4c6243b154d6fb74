using System.Reflection;

namespace Muster.Server.Operator.Demo;

internal sealed record NamePart(string Latin, string? Native);

internal sealed record FamilyName(NamePart Masculine, NamePart Feminine);

internal sealed record NameCulture(string Code, bool FamilyFirst, string NativeForm, bool DoubleFamily, bool Single)
{
    public List<NamePart> Men { get; } = [];

    public List<NamePart> Women { get; } = [];

    public List<FamilyName> Families { get; } = [];
}

internal sealed record InstituteEntry(string Key, string Country, int Weight, string Name, string ShortName);

/// <summary>The word lists in <c>demo-names.txt</c>; the layout is described at the head of that file.</summary>
internal sealed class DemoNames
{
    public Dictionary<string, NameCulture> Cultures { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<(NameCulture Choice, int Weight)>> Countries { get; } = new(StringComparer.Ordinal);

    public List<InstituteEntry> Institutes { get; } = [];

    public List<(string Country, DemoPersonName Name)> Twins { get; } = [];

    public static DemoNames Read()
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream("demo-names.txt")
            ?? throw new InvalidOperationException("demo-names.txt is not embedded.");
        using var reader = new StreamReader(stream);
        var names = new DemoNames();
        NameCulture? culture = null;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var rest = line[(blank + 1)..];
            switch (line[..blank])
            {
                case "culture":
                    culture = Culture(rest.Split(' '));
                    names.Cultures.Add(culture.Code, culture);
                    break;
                case "men":
                    culture!.Men.AddRange(List(rest).Select(Part)); // the file begins with a culture
                    break;
                case "women":
                    culture!.Women.AddRange(List(rest).Select(Part)); // as above
                    break;
                case "families":
                    culture!.Families.AddRange(List(rest).Select(Family)); // as above
                    break;
                case "country":
                    names.Countries.Add(rest[..2], [.. List(rest[3..]).Select(names.Share)]);
                    break;
                case "institute":
                    names.Institutes.Add(Institute(rest));
                    break;
                case "twin":
                    names.Twins.Add((rest[..2], Twin(Columns(rest[3..]))));
                    break;
                default:
                    throw new FormatException($"demo-names.txt: '{line}'");
            }
        }

        return names;
    }

    static string[] List(string text) => text.Split(',', StringSplitOptions.TrimEntries);

    static string[] Columns(string text) => text.Split('|', StringSplitOptions.TrimEntries);

    static NameCulture Culture(string[] words) =>
        new(
            words[0],
            string.Equals(words[1], "family-first", StringComparison.Ordinal),
            words[2],
            words.Contains("double-family", StringComparer.Ordinal),
            words.Contains("single", StringComparer.Ordinal)
        );

    static NamePart Part(string text)
    {
        var halves = text.Split('=');
        return new NamePart(halves[0], halves.Length > 1 ? halves[1] : null);
    }

    static FamilyName Family(string text)
    {
        var forms = text.Split('~');
        return new FamilyName(Part(forms[0]), Part(forms[^1]));
    }

    (NameCulture Choice, int Weight) Share(string text)
    {
        var words = text.Split(' ');
        return (Cultures[words[0]], Number(words[1]));
    }

    static InstituteEntry Institute(string text)
    {
        var columns = Columns(text);
        var words = columns[0].Split(' ');
        return new InstituteEntry(words[1], words[0], Number(words[2]), columns[1], columns[2]);
    }

    static DemoPersonName Twin(string[] columns) =>
        new(
            columns[0],
            columns[1],
            string.Equals(columns[3], "family-first", StringComparison.Ordinal),
            columns[2].Length == 0 ? null : columns[2]
        );

    static int Number(string digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
}
