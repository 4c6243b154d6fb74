using Muster.Core.Members;

namespace Muster.Core.Imports;

/// <summary>The lines of a file that are about one person.</summary>
/// <param name="Known">Null for somebody who is not in the register.</param>
internal sealed record PersonLines(Member? Known, List<ImportLine> Lines)
{
    /// <summary>A line that would belong here is not clear; so nothing is decided about the person.</summary>
    public bool IsUnclear { get; set; }
}

/// <summary>
/// Who a line is about: our id decides; else ORCID iD, certificate and address must all point at one person. A name alone never does:
/// it makes a line that has to be looked at.
/// </summary>
internal sealed class PersonMatching(PresentRegister present, List<ImportProblem> problems)
{
    private readonly Dictionary<MemberId, PersonLines> known = [];
    private readonly Dictionary<string, PersonLines> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PersonLines> newByName = new(StringComparer.Ordinal);

    public List<PersonLines> All { get; } = [];

    public void Add(ImportLine line)
    {
        if (!TryFind(line, out var member))
            return;
        var people = Keys(line, member).Select(k => byKey.GetValueOrDefault(k.Key)).OfType<PersonLines>().Distinct().ToList();
        PersonLines? person;
        if (member is not null)
            person = known.TryGetValue(member.Id, out var before) ? before : null;
        else
            person = people.FirstOrDefault();
        if (people.FirstOrDefault(p => p != person) is { } other)
        {
            other.IsUnclear = true;
            var field = Keys(line, member).First(k => byKey.GetValueOrDefault(k.Key) == other).Field;
            problems.Add(line.Problem(Refusal.With("import.lines-cross", $"{other.Lines[0].Line}").At(field.Name())));
            return;
        }
        person ??= Begin(line, member);
        foreach (var (key, _) in Keys(line, member))
            byKey.TryAdd(key, person);
        person.Lines.Add(line);
    }

    private PersonLines Begin(ImportLine line, Member? member)
    {
        var person = new PersonLines(member, []);
        All.Add(person);
        if (member is not null)
            known.Add(member.Id, person);
        else if (!newByName.TryAdd(line.Name(null).Key, person) && !line.IsNew)
        {
            var alike = newByName[line.Name(null).Key].Lines[0].Line;
            problems.Add(line.Problem(Refusal.With("import.like-line", $"{alike}").At(ImportField.Id.Name())));
        }
        return person;
    }

    /// <summary>What nobody else may have from now on: what is new to the person.</summary>
    private static IEnumerable<(string Key, ImportField Field)> Keys(ImportLine line, Member? member)
    {
        if (line.Orcid is { } orcid && orcid.Value != member?.Orcid)
            yield return ("o" + orcid.Value, ImportField.Orcid);
        foreach (var address in line.Emails)
            if (member?.HasHadEmail(address) != true)
                yield return ("e" + address.Key, ImportField.Email);
        foreach (var subject in line.Certificates)
            if (member?.Certificates.Any(c => c.Key == subject.Key) != true)
                yield return ("c" + subject.Key, ImportField.Certificate);
    }

    /// <returns>False where it cannot be said; the problem is told.</returns>
    private bool TryFind(ImportLine line, out Member? member)
    {
        member = line.Id is { } id ? present.Member(id) : null;
        var refusal =
            line.Id is { } asked && member is null ? Refusal.With("import.id-unknown", asked.ToString()).At(ImportField.Id.Name())
            : member is not null || line.IsNew ? OfAnother(line, member)
            : Guess(line, out member);
        if (refusal is null)
            return true;
        problems.Add(line.Problem(refusal));
        foreach (var unclear in Holders(line).Select(h => h.Member).Append(member).OfType<Member>())
            if (known.TryGetValue(unclear.Id, out var person))
                person.IsUnclear = true;
        return false;
    }

    private Refusal? OfAnother(ImportLine line, Member? member)
    {
        foreach (var field in (ImportField[])[ImportField.Orcid, ImportField.Certificate, ImportField.Email])
        {
            var holders = Holders(line, present.WithPresentEmail).Where(h => h.Field == field).Select(h => h.Member).ToList();
            // An address that two have already is a fault of before; it is not this file's to tell.
            if (holders.Count > 0 && (member is null || holders.Any(h => h != member) && !AlreadyHas(member, line, field)))
                return (
                    field switch
                    {
                        ImportField.Orcid => new Refusal("person.orcid-of-another"),
                        ImportField.Certificate => new Refusal("certificate.linked-elsewhere"),
                        _ => new Refusal("person.email-of-another"),
                    }
                ).At(field.Name());
        }
        return null;
    }

    private static bool AlreadyHas(Member member, ImportLine line, ImportField field) =>
        field switch
        {
            ImportField.Orcid => member.Orcid == line.Orcid?.Value,
            ImportField.Email => line.Emails.All(member.HasHadEmail),
            _ => line.Certificates.All(s => member.Certificates.Any(c => c.Key == s.Key)),
        };

    private Refusal? Guess(ImportLine line, out Member? member)
    {
        var holders = Holders(line).ToList();
        // An address that was the person's and has gone to somebody else since makes nobody else of the person.
        if (holders.Where(h => h.Field != ImportField.Email).Select(h => h.Member).Distinct().ToList() is [var sure])
            holders.RemoveAll(h => h.Member != sure && line.Emails.Where(h.Member.HasHadEmail).All(sure.HasHadEmail));
        var people = holders.Select(h => h.Member).Distinct().ToList();
        member = people.FirstOrDefault();
        if (people.Count > 1)
            return Refusal.With("import.matches-two", people[0].DisplayName, people[1].DisplayName).At(holders[^1].Field.Name());
        if (member is null)
            return present.Named(line.Name(null).Key).FirstOrDefault() is { } like
                ? Refusal.With("import.like-another", like.DisplayName, like.Id.ToString()).At(ImportField.Id.Name())
                : null;
        if (line.Orcid is { } orcid && member.Orcid is { } held && held != orcid.Value)
            return Refusal.With("import.orcid-differs", member.DisplayName, held).At(ImportField.Orcid.Name());
        if (holders.All(h => h.Field == ImportField.Email) && !HasSuchAName(member, line.Name(member.Name).Key))
            return Refusal.With("import.name-differs", member.DisplayName, member.Id.ToString()).At(ImportField.Email.Name());
        return null;
    }

    /// <summary>Secretaries and groups have addresses too.</summary>
    private static bool HasSuchAName(Member member, string key) =>
        NameKey.AreSimilar(member.NameKey, key) || member.FormerNames.Any(n => NameKey.AreSimilar(NameKey.Of(n.Display), key));

    private IEnumerable<(ImportField Field, Member Member)> Holders(ImportLine line) => Holders(line, present.WithEmail);

    private IEnumerable<(ImportField Field, Member Member)> Holders(ImportLine line, Func<EmailAddress, IEnumerable<Member>> withEmail)
    {
        if (line.Orcid is { } orcid)
            foreach (var member in present.WithOrcid(orcid))
                yield return (ImportField.Orcid, member);
        foreach (var subject in line.Certificates)
            if (present.WithCertificate(subject.Key) is { } member)
                yield return (ImportField.Certificate, member);
        foreach (var address in line.Emails)
        foreach (var member in withEmail(address))
            yield return (ImportField.Email, member);
    }
}
