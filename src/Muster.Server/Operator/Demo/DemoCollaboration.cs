namespace Muster.Server.Operator.Demo;

/// <summary>A fictitious collaboration of the size and shape of a real one; the same on every machine, dates counted from today.</summary>
internal sealed record DemoCollaboration(
    IReadOnlyList<DemoInstitute> Institutes,
    IReadOnlyList<DemoMember> Members,
    IReadOnlyList<DemoRepresentative> Representatives,
    IReadOnlyList<DemoVirtualOrganisation> VirtualOrganisations
)
{
    public const int MemberCount = 1_000;
    const int OldestDay = 5_400;
    const ulong Seed = 0x4D_75_73_74_65_72; // "Muster"

    static readonly (string Position, int Weight)[] positions =
    [
        ("student", 37),
        ("postdoc", 18),
        ("staff", 18),
        ("professor", 10),
        ("engineer", 7),
        ("technician", 4),
        ("guest", 6),
    ];

    public static DemoCollaboration Create(DateOnly today)
    {
        var random = new SplitMix64(Seed);
        var names = DemoNames.Read();
        var draw = new DemoPersonDraw(names, random);
        var identifiers = new DemoIdentifiers(random);
        var institutes = new List<DemoInstitute>();
        var members = new List<DemoMember>();
        var offices = new List<(DemoMember Holder, bool Deputy, DateOnly Since)>();

        foreach (var (entry, size) in Sizes(names.Institutes))
        {
            var age = random.Between(900, OldestDay);
            var institute = new DemoInstitute(entry.Key, entry.Name, entry.ShortName, entry.Country, today.AddDays(-age));
            institutes.Add(institute);
            var withDeputy = random.Chance(84);
            for (var place = 0; place < size; place++)
            {
                var leads = place == 0 || (place == 1 && withDeputy);
                var name = (place == 2 ? draw.NextTwin(entry.Country) : null) ?? draw.Next(entry.Country);
                var (position, from, until) = leads ? Leading(random, today, age) : Ordinary(random, today, age);
                var email = identifiers.Email(name, entry.Key);
                var subject = random.Chance(66) ? identifiers.Subject(name, email, entry.Country, entry.ShortName) : null;
                var orcid = random.Chance(38) ? identifiers.Orcid() : null;
                var member = new DemoMember(
                    0,
                    name.Given,
                    name.Family,
                    name.FamilyFirst,
                    name.Native,
                    email,
                    subject,
                    orcid,
                    entry.Key,
                    position,
                    from,
                    until
                );
                members.Add(member);
                if (leads)
                {
                    offices.Add((member, place == 1, from.AddDays(random.Between(0, 300))));
                }
            }
        }

        return Numbered(random, institutes, members, offices);
    }

    /// <summary>Shares the members out by weight, at least three to each institute, the remainder to the largest fractions.</summary>
    static IEnumerable<(InstituteEntry Entry, int Size)> Sizes(List<InstituteEntry> entries)
    {
        const int Least = 3;
        var free = MemberCount - Least * entries.Count;
        var weights = entries.Sum(e => e.Weight);
        var left = free - entries.Sum(e => free * e.Weight / weights);
        var rounded = entries.OrderByDescending(e => free * e.Weight % weights).Take(left).ToHashSet();
        return entries.Select(e => (e, Least + free * e.Weight / weights + (rounded.Contains(e) ? 1 : 0)));
    }

    static (string Position, DateOnly From, DateOnly? Until) Leading(SplitMix64 random, DateOnly today, int age) =>
        (random.Chance(65) ? "professor" : "staff", today.AddDays(-random.Between(600, age)), null);

    static (string Position, DateOnly From, DateOnly? Until) Ordinary(SplitMix64 random, DateOnly today, int age)
    {
        var position = random.Pick(positions);
        var passing = position is "student" or "postdoc" or "guest";
        var since = random.Between(20, Math.Min(age, passing ? 1_500 : OldestDay));
        int? end =
            random.Chance(10) ? -random.Between(0, since)
            : random.Chance(passing ? 60 : 4) ? random.Between(1, 1_100)
            : null;
        return (position, today.AddDays(-since), end is { } days ? today.AddDays(days) : null);
    }

    static DemoCollaboration Numbered(
        SplitMix64 random,
        List<DemoInstitute> institutes,
        List<DemoMember> members,
        List<(DemoMember Holder, bool Deputy, DateOnly Since)> offices
    )
    {
        // Numbers are given in the order of arrival in real life; here in any order, so that an institute's people are not neighbours.
        random.Shuffle(members);
        var numbers = members.Select((member, index) => (member, index)).ToDictionary(m => m.member, m => m.index + 1);
        return new DemoCollaboration(
            institutes,
            [.. members.Select((member, index) => member with { Number = index + 1 })],
            [.. offices.Select(o => new DemoRepresentative(o.Holder.InstituteKey, numbers[o.Holder], o.Deputy, o.Since))],
            [new DemoVirtualOrganisation("belle", null), new DemoVirtualOrganisation("ebbel2.org", "belle")]
        );
    }
}
