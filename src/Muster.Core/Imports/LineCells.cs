using System.Globalization;
using Muster.Core.Calendar;
using Muster.Core.Members;
using Muster.Core.X509;

namespace Muster.Core.Imports;

/// <summary>Reads the cells of one line; what cannot be read becomes a problem at its column.</summary>
internal readonly struct LineCells(ImportRecord record, List<ImportProblem> problems)
{
    public (MemberId? Id, bool IsNew) Id()
    {
        if (record[ImportField.Id] is not { } text)
            return (null, false);
        if (string.Equals(text, ImportLine.NewPerson, StringComparison.OrdinalIgnoreCase))
            return (null, true);
        if (Guid.TryParseExact(text, "D", out var id) && id != Guid.Empty)
            return (new MemberId(id), false);
        Refuse(ImportField.Id, Refusal.With("import.id-malformed", ImportCsv.Short(text)));
        return (null, false);
    }

    public NameOrder? Order()
    {
        switch (record[ImportField.FamilyFirst]?.ToLowerInvariant())
        {
            case null:
                return record.Says(ImportField.FamilyFirst) ? NameOrder.GivenFirst : null;
            case "yes" or "true" or "1":
                return NameOrder.FamilyFirst;
            case "no" or "false" or "0":
                return NameOrder.GivenFirst;
            default:
                Refuse(ImportField.FamilyFirst, new Refusal("import.yes-or-no"));
                return null;
        }
    }

    public string? Words(ImportField field, int longest)
    {
        if (record[field] is not { } text)
            return null;
        if (text.Length > longest)
            Refuse(field, Refusal.With("import.text-too-long", $"{longest}"));
        else if (!WellFormedText.Is(text))
            Refuse(field, new Refusal("person.bad-characters"));
        return text;
    }

    public T? Of<T>(ImportField field, Func<string?, Result<T>> parse)
        where T : class
    {
        if (record[field] is not { } text)
            return null;
        if (parse(text).TryGet(out var value, out var why))
            return value;
        Refuse(field, why with { Arguments = [.. why.Arguments.Select(ImportCsv.Short)] });
        return null;
    }

    /// <summary>Separated by blanks.</summary>
    public List<EmailAddress> Emails()
    {
        var all = new List<EmailAddress>(1);
        foreach (var one in record[ImportField.Email]?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [])
            if (EmailAddress.Parse(one).TryGet(out var address, out var why))
                all.Add(address);
            else
                Refuse(ImportField.Email, why);
        return all;
    }

    /// <summary>Each on a line of its own, since blanks are part of them.</summary>
    public List<ImportSubject> Subjects()
    {
        var all = new List<ImportSubject>(1);
        const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var one in record[ImportField.Certificate]?.Split(['\n', '\r'], Tidy) ?? [])
            if (DistinguishedName.ParseSlash(one).TryGet(out var subject, out _) && !subject.IsEmpty)
                all.Add(new ImportSubject(subject.Key, subject.Slash));
            else
                Refuse(ImportField.Certificate, new Refusal("import.subject-unreadable"));
        return all;
    }

    /// <summary>Institute and first day come together, or the line is about the person alone.</summary>
    public bool HasMembership()
    {
        var (institute, from) = (record[ImportField.Institute], record[ImportField.From]);
        if (institute is not null && from is null)
            Refuse(ImportField.From, new Refusal("membership.from-missing"));
        if (institute is null && (from ?? record[ImportField.Until] ?? record[ImportField.AuthorFrom]) is not null)
            Refuse(ImportField.Institute, new Refusal("import.institute-missing"));
        return institute is not null;
    }

    public MembershipCategory? Category()
    {
        if (record[ImportField.Category] is not { } text)
            return null;
        if (Enum.TryParse<MembershipCategory>(text, ignoreCase: true, out var category) && text.All(char.IsAsciiLetter))
            return category;
        Refuse(ImportField.Category, new Refusal("membership.category-unknown"));
        return null;
    }

    public int? Percent()
    {
        if (record[ImportField.Percent] is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= 100)
            return percent;
        Refuse(ImportField.Percent, new Refusal("membership.percent"));
        return null;
    }

    public DateOnly? Day(ImportField field)
    {
        if (record[field] is not { } text)
            return null;
        if (IsoDay.Read(text) is { } day)
            return day;
        Refuse(field, new Refusal("day.unreadable"));
        return null;
    }

    private void Refuse(ImportField field, Refusal why) => problems.Add(record.Problem(why.At(field.Name())));
}
