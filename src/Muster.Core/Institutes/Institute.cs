using Muster.Core.Members;

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

/// <summary>One institute of the collaboration.</summary>
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

    public InstituteId Id { get; private set; }
    public string Name { get; private set; } = "";
    public string ShortName { get; private set; } = "";

    /// <summary>ISO 3166-1 alpha-2, upper case.</summary>
    public string Country { get; private set; } = "";
    public DateOnly Since { get; private set; }
}

/// <summary>Who speaks for an institute, as representative or deputy, from a day until before another.</summary>
public sealed class Representative
{
    private Representative() { }

    public Representative(InstituteId institute, MemberId member, bool isDeputy, DateOnly from)
    {
        InstituteId = institute;
        MemberId = member;
        IsDeputy = isDeputy;
        From = from;
    }

    public InstituteId InstituteId { get; private set; }
    public MemberId MemberId { get; private set; }
    public bool IsDeputy { get; private set; }
    public DateOnly From { get; private set; }

    /// <summary>First day after the end; null while it is open.</summary>
    public DateOnly? Until { get; private set; }

    public bool Covers(DateOnly day) => From <= day && (Until is null || day < Until);
}
