using Muster.Core.Institutes;
using Muster.Core.Members;

namespace Muster.Core.Imports;

/// <summary>What the lines about one person come to: facts that change and memberships that begin, change or end.</summary>
internal sealed class PersonPlanning(PresentRegister present, ImportRules rules, List<ImportProblem> problems)
{
    /// <summary>Null where nothing is to be done, or something is wrong; that is told then.</summary>
    public PersonStep? Plan(PersonLines person)
    {
        var before = problems.Count;
        var (first, known) = (person.Lines[0], person.Known);
        foreach (var line in person.Lines.Skip(1))
            if (Disagreement(first, line) is { } field)
                problems.Add(line.Problem(Refusal.With("import.lines-disagree", $"{first.Line}").At(field.Name())));

        foreach (var line in person.Lines)
            if (line.Emails.Any(e => e.Domain == rules.OwnDomain && known?.HasHadEmail(e) != true))
                problems.Add(line.Problem(Refusal.With("address.own-domain", rules.OwnDomain).At(ImportField.Email.Name())));

        var name = first.Name(known?.Name);
        var publication = first.Says(ImportField.PublicationName) ? first.PublicationName : known?.PublicationName;
        var orcid =
            first.Says(ImportField.Orcid) ? first.Orcid
            : known?.Orcid is { } held ? Orcid.Parse(held).Value
            : null;
        var emails = person
            .Lines.SelectMany(l => l.Emails)
            .DistinctBy(e => e.Key, StringComparer.Ordinal)
            .Where(e => known?.HasHadEmail(e) != true)
            .ToList();
        var certificates = person
            .Lines.SelectMany(l => l.Certificates)
            .DistinctBy(c => c.Key, StringComparer.Ordinal)
            .Where(c => known?.Certificates.Any(o => o.Key == c.Key) != true)
            .ToList();
        if (certificates.Count > 0 && certificates.Count + (known?.Certificates.Count ?? 0) > CertificateLinking.MostPerMember)
            problems.Add(first.Problem(new Refusal("certificate.too-many", ImportField.Certificate.Name())));
        var memberships = Memberships(person);
        if (known is null)
            CheckNew(first, emails, memberships);
        if (problems.Count > before || person.IsUnclear)
            return null;

        List<FieldChange> fields =
        [
            .. Facts(known?.Name, name),
            .. Fact(ImportField.PublicationName, known?.PublicationName, publication),
            .. Fact(ImportField.Orcid, known?.Orcid, orcid?.Value),
            .. emails.Select(e => new FieldChange(ImportField.Email, null, e.Value)),
            .. certificates.Select(c => new FieldChange(ImportField.Certificate, null, c.Slash)),
        ];
        if (known is not null && fields.Count == 0 && memberships.Count == 0)
            return null;
        var kind = known is null ? PersonStepKind.Enter : PersonStepKind.Change;
        return new PersonStep(kind, known?.Id, first.Line, name, publication, orcid, emails, certificates, fields, memberships);
    }

    /// <summary>Somebody who is active and not in a whole list; null for everybody else.</summary>
    public PersonStep? Leave(Member member)
    {
        var ends = Ends(member, []).ToList();
        return ends.Count == 0
            ? null
            : new PersonStep(PersonStepKind.Leave, member.Id, 0, member.Name, member.PublicationName, null, [], [], [], ends);
    }

    private void CheckNew(ImportLine first, List<EmailAddress> emails, List<MembershipStep> memberships)
    {
        if (emails.Count == 0)
            problems.Add(first.Problem(new Refusal("email.missing", ImportField.Email.Name())));
        if (memberships.Count == 0 && first.Institute is null)
            problems.Add(first.Problem(new Refusal("import.institute-missing", ImportField.Institute.Name())));
    }

    private static ImportField? Disagreement(ImportLine a, ImportLine b) =>
        a.Given != b.Given ? ImportField.Given
        : a.Family != b.Family ? ImportField.Family
        : a.Order != b.Order ? ImportField.FamilyFirst
        : a.Native != b.Native ? ImportField.Native
        : a.PublicationName != b.PublicationName ? ImportField.PublicationName
        : a.Orcid != b.Orcid ? ImportField.Orcid
        : null;

    private List<MembershipStep> Memberships(PersonLines person)
    {
        var steps = new List<MembershipStep>();
        var mentioned = new Dictionary<(InstituteId, DateOnly), ImportLine>();
        foreach (var line in person.Lines)
        {
            if (line.Institute is not { } named)
                continue;
            if (!present.InstituteOf(named).TryGet(out var institute, out var why))
                problems.Add(line.Problem(why));
            else if (!mentioned.TryAdd((institute.Id, line.From), line))
                problems.Add(line.Problem(Refusal.With("import.line-twice", $"{mentioned[(institute.Id, line.From)].Line}")));
            else if (Step(person.Known, line, institute) is { } step)
                steps.Add(step);
        }
        if (rules.Mode == ImportMode.WholeList && person.Known is { } known)
            steps.AddRange(Ends(known, mentioned.Keys));
        CheckOverlaps(person, steps, mentioned);
        return steps;
    }

    private MembershipStep? Step(Member? known, ImportLine line, Institute institute)
    {
        var old = known?.Memberships.FirstOrDefault(m => m.InstituteId == institute.Id && m.From == line.From)?.Terms;
        var terms = line.Terms(old);
        if (terms == old)
            return null;
        // A position that is on the list no more may stay; nobody can take it up.
        var wrong = terms.Check(terms.Position == old?.Position ? [.. rules.Positions, terms.Position] : rules.Positions);
        problems.AddRange(wrong.Select(line.Problem));
        var kind =
            old is null ? MembershipStepKind.Begin
            : IsOnlyEnded(old, terms) ? MembershipStepKind.End
            : MembershipStepKind.Change;
        return wrong.Count > 0 ? null : new MembershipStep(kind, institute.Id, institute.ShortName, line.Line, old, terms);
    }

    private static bool IsOnlyEnded(MembershipTerms old, MembershipTerms now) =>
        now.Until is { } end
        && (old.Until is null || end < old.Until)
        && now with { Until = old.Until, AuthorUntil = old.AuthorUntil } == old;

    /// <summary>Memberships of today that are not in the file end: yesterday was the last day, or today where it is the first.</summary>
    private IEnumerable<MembershipStep> Ends(Member member, IReadOnlyCollection<(InstituteId, DateOnly)> mentioned)
    {
        foreach (var membership in member.Memberships.Where(m => m.Covers(rules.Today)).OrderBy(m => m.From))
        {
            if (mentioned.Contains((membership.InstituteId, membership.From)))
                continue;
            var end = membership.From < rules.Today ? rules.Today : rules.Today.AddDays(1);
            if (membership.Until <= end)
                continue;
            var old = membership.Terms;
            var terms = old.EndedBefore(end);
            var shortName = present.Institute(membership.InstituteId)?.ShortName ?? "";
            yield return new MembershipStep(MembershipStepKind.End, membership.InstituteId, shortName, 0, old, terms);
        }
    }

    /// <summary>All memberships as they would be: none of one institute may overlap.</summary>
    private void CheckOverlaps(PersonLines person, List<MembershipStep> steps, Dictionary<(InstituteId, DateOnly), ImportLine> mentioned)
    {
        if (steps.All(s => s.Kind == MembershipStepKind.End))
            return;
        var ends = (person.Known?.Memberships ?? []).ToDictionary(m => (m.InstituteId, m.From), m => m.Until);
        foreach (var step in steps)
            ends[(step.Institute, step.After.From)] = step.After.Until;
        foreach (var ofOne in ends.GroupBy(e => e.Key.InstituteId))
        {
            KeyValuePair<(InstituteId InstituteId, DateOnly From), DateOnly?>? last = null;
            foreach (var next in ofOne.OrderBy(e => e.Key.From))
            {
                if (last is { } before && (before.Value is null || before.Value > next.Key.From))
                {
                    var line = mentioned.GetValueOrDefault(next.Key) ?? mentioned.GetValueOrDefault(before.Key) ?? person.Lines[0];
                    problems.Add(line.Problem(new Refusal("membership.overlaps", ImportField.From.Name())));
                }
                last = next;
            }
        }
    }

    private static IEnumerable<FieldChange> Facts(PersonName? old, PersonName now) =>
        [
            .. Fact(ImportField.Given, old?.Given, now.Given),
            .. Fact(ImportField.Family, old?.Family, now.Family),
            .. Fact(ImportField.FamilyFirst, YesNo(old?.Order ?? NameOrder.GivenFirst), YesNo(now.Order)),
            .. Fact(ImportField.Native, old?.Native, now.Native),
        ];

    private static IEnumerable<FieldChange> Fact(ImportField field, string? before, string? after) =>
        before == after ? [] : [new FieldChange(field, before, after)];

    private static string YesNo(NameOrder order) => order == NameOrder.FamilyFirst ? "yes" : "no";
}
