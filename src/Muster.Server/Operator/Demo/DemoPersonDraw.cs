namespace Muster.Server.Operator.Demo;

/// <summary>Draws people for the institutes of a country.</summary>
internal sealed class DemoPersonDraw(DemoNames names, SplitMix64 random)
{
    readonly Dictionary<string, Queue<DemoPersonName>> twins = names
        .Twins.GroupBy(twin => twin.Country, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => new Queue<DemoPersonName>(g.Select(twin => twin.Name)), StringComparer.Ordinal);

    public DemoPersonName Next(string country) => Draw(random.Pick(names.Countries[country]));

    /// <summary>A person made to resemble another one, or null when this country has none left.</summary>
    public DemoPersonName? NextTwin(string country) =>
        twins.TryGetValue(country, out var queue) && queue.TryDequeue(out var twin) ? twin : null;

    DemoPersonName Draw(NameCulture culture)
    {
        var woman = random.Chance(40);
        var given = random.Pick(woman ? culture.Women : culture.Men);
        if (culture.Single)
        {
            return new DemoPersonName(given.Latin, null, false, given.Native);
        }

        var family = Family(culture, woman);
        if (culture.DoubleFamily)
        {
            var second = Family(culture, woman);
            family = new NamePart($"{family.Latin} {second.Latin}", null);
        }

        return new DemoPersonName(given.Latin, family.Latin, culture.FamilyFirst, Native(culture, given, family));
    }

    NamePart Family(NameCulture culture, bool woman)
    {
        var name = random.Pick(culture.Families);
        return woman ? name.Feminine : name.Masculine;
    }

    static string? Native(NameCulture culture, NamePart given, NamePart family)
    {
        var separator = culture.NativeForm switch
        {
            "none" => null,
            "joined" => "",
            _ => " ",
        };
        return separator is null ? null
            : culture.FamilyFirst ? family.Native + separator + given.Native
            : given.Native + separator + family.Native;
    }
}
