using System.Text;
using Muster.Core.Imports;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.X509;
using Xunit;

namespace Muster.Core.Tests.Imports;

/// <summary>A small register, and files about it.</summary>
internal static class Files
{
    public const string Header = "id,given,family,email,orcid,institute,position,from,until";
    public static readonly DateOnly Today = new(2026, 6, 1);
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Institute Zug = Place(1, "Zug");
    public static readonly Institute Bern = Place(2, "Bern", "05a28rw58");

    public static Institute Place(int number, string shortName, string? ror = null) =>
        new(
            new InstituteId(new Guid(number, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8])),
            new InstituteFacts($"Institute of {shortName}", shortName, "CH", null, ror, new DateOnly(2000, 1, 1), null)
        );

    public static Member Person(int number, string given, string family, string? orcid = null, Institute? at = null)
    {
        var id = new MemberId(new Guid(number, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]));
        var member = Member.Enter(id, PersonName.Create(given, family, NameOrder.GivenFirst, null).Value, orcid, Now);
        member.AddEmail(EmailAddress.Parse($"p{number}@example.org").Value);
        var subject = DistinguishedName.ParseSlash($"/DC=org/CN={given} {family} {number}").Value;
        member.AddCertificate(new MemberCertificate(id, subject.Key, subject.Slash, "list", Now));
        _ = member.Join((at ?? Zug).Id, new MembershipTerms("staff", MembershipCategory.Full, 100, new DateOnly(2024, 1, 1), null)).Value;
        return member;
    }

    public static ImportFile Read(string text) => ImportFile.Read(Encoding.UTF8.GetBytes(text));

    public static ImportPlan Plan(string text, IReadOnlyCollection<Member> members, ImportMode mode = ImportMode.Changes, int brake = 10) =>
        ImportPlanning.Plan(
            Read(text),
            new PresentRegister(members, [Zug, Bern]),
            new ImportRules(mode, Today, ["staff", "student"], brake)
        );

    /// <summary>The same with the columns that most tests use.</summary>
    public static ImportPlan PlanLines(IReadOnlyCollection<Member> members, params string[] lines) =>
        Plan(string.Join("\r\n", lines.Prepend(Header)), members);

    public static void Refused(ImportPlan plan, string code, int line, int column)
    {
        var told = string.Join("; ", plan.Problems.Select(p => $"{p.Line}:{p.Column} {p.Why.Code}"));
        Assert.True(plan.Problems.Any(p => p.Why.Code == code && p.Line == line && p.Column == column), told);
    }

    public static void Refused(ImportFile file, string code, int line, int column)
    {
        var told = string.Join("; ", file.Problems.Select(p => $"{p.Line}:{p.Column} {p.Why.Code}"));
        Assert.True(file.Problems.Any(p => p.Why.Code == code && p.Line == line && p.Column == column), told);
    }
}
