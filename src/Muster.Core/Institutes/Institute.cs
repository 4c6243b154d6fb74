using Muster.Core.Calendar;

namespace Muster.Core.Institutes;

/// <summary>Identifies one institute. The empty value is refused.</summary>
public readonly record struct InstituteId
{
    /// <exception cref="ArgumentException"><paramref name="value"/> is the empty UUID.</exception>
    public InstituteId(Guid value) =>
        Value = value != Guid.Empty ? value : throw new ArgumentException("An institute id is never empty.", nameof(value));

    public Guid Value { get; }

    public override string ToString() => Value.ToString("D");
}

/// <summary>One institute of the collaboration, for ever on record; it is in from a day until before another.</summary>
public sealed class Institute
{
    private Institute() { }

    public Institute(InstituteId id, string name, string shortName, string country, DateOnly since)
    {
        Id = id;
        Name = name;
        ShortName = shortName;
        Country = country;
        Since = since;
    }

    /// <param name="facts">Checked.</param>
    public Institute(InstituteId id, InstituteFacts facts)
    {
        Id = id;
        Change(facts);
    }

    public InstituteId Id { get; private set; }
    public string Name { get; private set; } = "";
    public string ShortName { get; private set; } = "";

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public string Country { get; private set; } = "";
    public string? Address { get; private set; }

    /// <summary>Bare form of <see cref="RorId"/>; null when unknown.</summary>
    public string? Ror { get; private set; }

    /// <summary>First day.</summary>
    public DateOnly Since { get; private set; }

    /// <summary>First day after it left; null while it is in.</summary>
    public DateOnly? Until { get; private set; }

    public bool Covers(DateOnly day) => Period.Covers(Since, Until, day);

    /// <param name="facts">Checked.</param>
    public void Change(InstituteFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        Name = facts.Name.Trim();
        ShortName = facts.ShortName.Trim();
        Country = facts.Country;
        Address = string.IsNullOrWhiteSpace(facts.Address) ? null : facts.Address.Trim();
        Ror = facts.Ror is null ? null : RorId.Parse(facts.Ror).Value.Value;
        Since = facts.Since;
        Until = facts.Until;
    }

    public InstituteFacts Facts => new(Name, ShortName, Country, Address, Ror, Since, Until);
}
