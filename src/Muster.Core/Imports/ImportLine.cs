using Muster.Core.Members;

namespace Muster.Core.Imports;

/// <summary>The subject of a certificate as a line has it.</summary>
public sealed record ImportSubject(string Key, string Slash);

/// <summary>One line of a file, each of its cells good by itself: who a person is, and one membership of theirs.</summary>
public sealed class ImportLine
{
    /// <summary>What the column <c>id</c> says of somebody who is not in the register, however much a name resembles another.</summary>
    public const string NewPerson = "new";

    private readonly ImportRecord record;

    private ImportLine(ImportRecord record) => this.record = record;

    public int Line => record.Line;
    public MemberId? Id { get; private init; }
    public bool IsNew { get; private init; }
    public string? Given { get; private init; }
    public string? Family { get; private init; }
    public NameOrder? Order { get; private init; }
    public string? Native { get; private init; }
    public string? PublicationName { get; private init; }
    public Orcid? Orcid { get; private init; }
    public IReadOnlyList<EmailAddress> Emails { get; private init; } = [];
    public IReadOnlyList<ImportSubject> Certificates { get; private init; } = [];

    /// <summary>Short name, ROR id or our id; null where the line is about the person alone.</summary>
    public string? Institute { get; private init; }
    public string? Position { get; private init; }
    public MembershipCategory? Category { get; private init; }
    public int? Percent { get; private init; }
    public DateOnly From { get; private init; }

    /// <summary>First day after the end, as everywhere in the core; the file has the last day.</summary>
    public DateOnly? Until { get; private init; }
    public DateOnly? AuthorFrom { get; private init; }
    public DateOnly? AuthorUntil { get; private init; }

    /// <summary>Whether the file has this column; what it does not have stays as it is.</summary>
    public bool Says(ImportField field) => record.Says(field);

    /// <summary>What is wrong with this line, at the column that the refusal's field names.</summary>
    public ImportProblem Problem(Refusal why) => record.Problem(why);

    /// <summary>The name, where order and native form are the present ones unless the file says others.</summary>
    public PersonName Name(PersonName? present)
    {
        var order = Order ?? present?.Order ?? NameOrder.GivenFirst;
        return PersonName.Create(Given, Family, order, Says(ImportField.Native) ? Native : present?.Native).Value; // checked when it was read
    }

    /// <summary>The terms, where those of the present membership stand for what the file does not say.</summary>
    public MembershipTerms Terms(MembershipTerms? present) =>
        new(
            Says(ImportField.Position) ? Position ?? "" : present?.Position ?? "",
            Says(ImportField.Category) ? Category ?? MembershipCategory.Full : present?.Category ?? MembershipCategory.Full,
            Says(ImportField.Percent) ? Percent ?? 100 : present?.Percent ?? 100,
            From,
            Says(ImportField.Until) ? Until : present?.Until,
            Says(ImportField.AuthorFrom) ? AuthorFrom : present?.AuthorFrom,
            Says(ImportField.AuthorUntil) ? AuthorUntil : present?.AuthorUntil
        );

    /// <summary>Null where anything is wrong, and all of it among the problems then.</summary>
    internal static ImportLine? Read(ImportRecord record, List<ImportProblem> problems)
    {
        var cells = new LineCells(record, problems);
        var before = problems.Count;
        var (id, isNew) = cells.Id();
        var (given, family, native) = (record[ImportField.Given], record[ImportField.Family], record[ImportField.Native]);
        foreach (var wrong in PersonName.Check(given, family, NameOrder.GivenFirst, native))
            problems.Add(record.Problem(wrong));
        var isOfInstitute = cells.HasMembership();
        var line = new ImportLine(record)
        {
            Id = id,
            IsNew = isNew,
            Given = given,
            Family = family,
            Order = cells.Order(),
            Native = native,
            PublicationName = cells.Words(ImportField.PublicationName, PersonName.MaxNativeLength),
            Orcid = cells.Of<Orcid>(ImportField.Orcid, Members.Orcid.Parse),
            Emails = cells.Emails(),
            Certificates = cells.Subjects(),
            Institute = isOfInstitute ? record[ImportField.Institute] : null,
            Position = record[ImportField.Position],
            Category = cells.Category(),
            Percent = cells.Percent(),
            From = cells.Day(ImportField.From) ?? default,
            Until = cells.Day(ImportField.Until)?.AddDays(1),
            AuthorFrom = cells.Day(ImportField.AuthorFrom),
            AuthorUntil = cells.Day(ImportField.AuthorUntil)?.AddDays(1),
        };
        return problems.Count == before && !record.IsBroken ? line : null;
    }
}
