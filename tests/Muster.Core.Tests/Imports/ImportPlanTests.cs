using System.Text;
using Muster.Core.Imports;
using Muster.Core.Members;
using Muster.Core.Tables;
using Xunit;

namespace Muster.Core.Tests.Imports;

public sealed class ImportPlanTests
{
    private static readonly Member Ada = Files.Person(1, "Ada", "Byron", "0000-0002-1825-0097");
    private static readonly Member Ben = Files.Person(2, "Ben", "Zephyr", at: Files.Bern);

    [Fact]
    public void An_export_that_is_imported_changes_nothing()
    {
        Member[] members = [Ada, Ben, Files.Person(3, "Ada", "Byron")];
        var present = new PresentRegister(members, [Files.Zug, Files.Bern]);
        var csv = new StringBuilder(string.Join(',', ImportFields.All.Select(f => f.Name()))).Append("\r\n");
        foreach (var member in members)
            CsvText.AppendRow(csv, ImportRow.Of(member, member.Memberships[0], present.NameOf(member.Memberships[0].InstituteId)));

        foreach (var mode in Enum.GetValues<ImportMode>())
        {
            var plan = Files.Plan(csv.ToString(), members, mode);

            Assert.Empty(plan.Problems);
            Assert.Empty(plan.Steps);
            Assert.Equal(3, plan.Counts.Same);
        }
    }

    [Fact]
    public void Somebody_new_is_entered_with_all_memberships_of_all_lines()
    {
        var plan = Files.PlanLines(
            [Ada],
            ",Carl,Neuman,c@example.org,,Zug,staff,2024-01-01,2024-12-31",
            ",Carl,Neuman,c@example.org,,bern,student,2025-01-01,"
        );

        Assert.Empty(plan.Problems);
        var step = Assert.Single(plan.Steps);
        var member = step.Enter(new MemberId(Guid.CreateVersion7(Files.Now)), Files.Now).Value;
        Assert.Equal(("Carl Neuman", "c@example.org"), (member.DisplayName, member.PrimaryEmail));
        Assert.Equal(new DateOnly(2025, 1, 1), member.Memberships[0].Until); // the file has the last day
        Assert.Equal(Files.Bern.Id, member.Memberships[1].InstituteId);
    }

    [Theory]
    [InlineData("p1@example.org", 1)]
    [InlineData("other@example.org", 2)]
    public void Somebody_known_is_found_by_address_or_orcid_and_only_what_differs_is_changed(string email, int changes)
    {
        var plan = Files.PlanLines([Ada, Ben], $",Ada Augusta,Byron,{email},0000-0002-1825-0097,Zug,staff,2024-01-01,2026-12-31");

        Assert.Empty(plan.Problems);
        var step = Assert.Single(plan.Steps);
        Assert.Equal(Ada.Id, step.Member);
        Assert.Equal(new FieldChange(ImportField.Given, "Ada", "Ada Augusta"), step.Fields[0]);
        Assert.Equal(changes, step.Fields.Count);
        Assert.Equal(MembershipStepKind.End, Assert.Single(step.Memberships).Kind);
    }

    [Fact]
    public void An_address_that_went_to_somebody_else_leaves_the_lines_of_its_old_holder_readable()
    {
        var old = Files.Person(4, "Dora", "Lang", "0000-0001-5109-3700");
        var shared = EmailAddress.Parse("office@example.org").Value;
        old.AddEmail(shared);
        old.RemoveEmail(shared.Key, Files.Now);
        var reader = Files.Person(5, "Emil", "Kurz");
        reader.AddEmail(shared);

        foreach (var id in (string[])[$"{old.Id}", ""])
        {
            var plan = Files.PlanLines(
                [old, reader],
                $"{id},Dora,Lang,p4@example.org office@example.org,0000-0001-5109-3700,Zug,staff,2024-01-01,"
            );

            Assert.Empty(plan.Problems);
            Assert.Empty(plan.Steps);
        }
        var stranger = Files.PlanLines([Ada, old, reader], $"{Ada.Id},Ada,Byron,office@example.org,,Zug,staff,2024-01-01,");
        Assert.NotEmpty(stranger.Problems);
    }

    [Fact]
    public void What_the_file_does_not_have_stays_and_an_empty_cell_says_none()
    {
        var without = Files.Plan($"id,given,family,institute,from\n{Ada.Id},Ada,Byron,Zug,2024-01-01\n", [Ada]);
        var empty = Files.Plan($"id,given,family,institute,from,orcid\n{Ada.Id},Ada,Byron,Zug,2024-01-01,\n", [Ada]);

        Assert.Empty(without.Steps);
        Assert.Equal(new FieldChange(ImportField.Orcid, Ada.Orcid, null), Assert.Single(Assert.Single(empty.Steps).Fields));
    }

    [Theory]
    [InlineData(",Ada,Byron,p2@example.org,0000-0002-1825-0097,Zug,staff,2024-01-01,", "import.matches-two", 4)]
    [InlineData(",Ada,Byron,x@example.org,,Zug,staff,2024-01-01,", "import.like-another", 1)]
    [InlineData(",Group,Secretary,p1@example.org,,Zug,staff,2024-01-01,", "import.name-differs", 4)]
    [InlineData(",Ada,Byron,p1@example.org,0000-0001-5109-3700,Zug,staff,2024-01-01,", "import.orcid-differs", 5)]
    [InlineData("new,Ada,Byron,p1@example.org,,Zug,staff,2024-01-01,", "person.email-of-another", 4)]
    [InlineData("new,Cleo,Byron,x@example.org,0000-0002-1825-0097,Zug,staff,2024-01-01,", "person.orcid-of-another", 5)]
    [InlineData("00000002-0007-0007-0102-030405060708,Ben,Zephyr,p1@example.org,,Bern,staff,2024-01-01,", "person.email-of-another", 4)]
    [InlineData("00000009-0007-0007-0102-030405060708,Ben,Zephyr,,,Bern,staff,2024-01-01,", "import.id-unknown", 1)]
    [InlineData(",Dora,Neu,,,Zug,staff,2024-01-01,", "email.missing", 4)]
    [InlineData(",Dora,Neu,d@example.org,,,,,", "import.institute-missing", 6)]
    [InlineData(",Dora,Neu,d@example.org,,Atlantis,staff,2024-01-01,", "import.institute-unknown", 6)]
    [InlineData(",Dora,Neu,d@example.org,,Zug,wizard,2024-01-01,", "membership.position-unknown", 7)]
    [InlineData(",Dora,Neu,d@example.org,,Zug,staff,2024-01-01,2023-01-01", "membership.ends-before", 9)]
    [InlineData(",Ada,Byron,p1@example.org,0000-0002-1825-0097,Zug,staff,2025-01-01,", "membership.overlaps", 8)]
    public void A_line_that_is_not_clear_is_a_conflict_with_line_and_column(string line, string code, int column)
    {
        var plan = Files.PlanLines([Ada, Ben], ",Eva,Good,e@example.org,,Zug,staff,2024-01-01,", line);

        Files.Refused(plan, code, 3, column);
        Assert.Single(plan.Problems);
    }

    [Fact]
    public void Lines_of_one_file_that_contradict_each_other_are_conflicts()
    {
        const string First = ",Dora,Neu,d@example.org,,Zug,staff,2024-01-01,2024-06-30";

        Files.Refused(Files.PlanLines([Ada], First, First), "import.line-twice", 3, 0);
        Files.Refused(Files.PlanLines([Ada], First, ",Dora,Alt,d@example.org,,Bern,staff,2024-01-01,"), "import.lines-disagree", 3, 3);
        Files.Refused(Files.PlanLines([Ada], First, ",Dora,Neu,d@example.org,,Zug,staff,2024-03-01,"), "membership.overlaps", 3, 8);
        Files.Refused(Files.PlanLines([Ada], First, ",Dora,Neu,d2@example.org,,Zug,staff,2024-03-01,"), "import.like-line", 3, 1);
        Files.Refused(
            Files.PlanLines(
                [Ada],
                First,
                ",Emma,Neu,e@example.org,,Zug,staff,2024-03-01,",
                ",Dora,Neu,d@example.org e@example.org,,Bern,staff,2025-01-01,"
            ),
            "import.lines-cross",
            4,
            4
        );
        Files.Refused(
            Files.PlanLines([Ada, Ben], First, $"{Ben.Id},Ben,Zephyr,d@example.org,,Bern,staff,2024-01-01,"),
            "import.lines-cross",
            3,
            4
        );
        Assert.Empty(Files.PlanLines([Ada], First, "new,Dora,Neu,d2@example.org,,Zug,staff,2024-03-01,").Problems);
    }

    [Fact]
    public void In_a_whole_list_who_is_missing_leaves_and_so_does_a_membership()
    {
        var plan = Files.Plan(
            $"id,given,family,institute,position,from\n{Ada.Id},Ada,Byron,Bern,staff,2026-05-01\n",
            [Ada, Ben],
            ImportMode.WholeList
        );

        Assert.Empty(plan.Problems);
        Assert.Equal((0, 1, 1), (plan.Counts.Entered, plan.Counts.Changed, plan.Counts.Left));
        Assert.Equal([MembershipStepKind.Begin, MembershipStepKind.End], plan.Steps[0].Memberships.Select(m => m.Kind));
        Assert.Equal(
            (PersonStepKind.Leave, Ben.Id, Files.Today),
            (plan.Steps[1].Kind, plan.Steps[1].Member, plan.Steps[1].Memberships[0].After.Until)
        );
    }

    [Theory]
    [InlineData(9, 20, false)]
    [InlineData(10, 20, true)]
    [InlineData(10, 100, false)]
    [InlineData(11, 100, true)]
    public void So_many_changes_of_active_members_need_a_second_word(int changed, int of, bool isBraked)
    {
        var members = Enumerable.Range(1, of).Select(i => Files.Person(i, "A", $"B{(char)('a' + i / 26)}{(char)('a' + i % 26)}")).ToList();
        var csv = string.Join('\n', members.Take(changed).Select(m => $"{m.Id},A,{m.Family}x,,").Prepend("id,given,family,institute,from"));

        var plan = Files.Plan(csv, members);

        Assert.Empty(plan.Problems);
        Assert.Equal((changed, of, isBraked), (plan.Counts.Braked, plan.Counts.Active, plan.IsBraked));
    }

    [Fact]
    public void A_plan_is_the_same_again_and_another_where_the_register_has_changed()
    {
        const string Line = ",Ada,Byron,p1@example.org,0000-0002-1825-0097,Zug,student,2024-01-01,";
        var renamed = Files.Person(1, "Ada", "Lovelace", "0000-0002-1825-0097");

        Assert.Equal(ImportPlanning.Digest(Files.PlanLines([Ada, Ben], Line)), ImportPlanning.Digest(Files.PlanLines([Ben, Ada], Line)));
        Assert.NotEqual(ImportPlanning.Digest(Files.PlanLines([Ada], Line)), ImportPlanning.Digest(Files.PlanLines([renamed], Line)));
    }

    [Fact]
    public void What_was_taken_over_can_be_taken_back_to_the_last_fact()
    {
        var member = Files.Person(1, "Ada", "Byron", "0000-0002-1825-0097");
        var before = MemberRecord.Of(member);
        var plan = Files.Plan(
            "id,given,family,email,certificate,institute,position,from,until\n"
                + $"{member.Id},Ada,Lovelace,n@example.org,/DC=org/CN=Ada Lovelace,Zug,student,2024-01-01,2025-12-31\n"
                + $"{member.Id},Ada,Lovelace,n@example.org,/DC=org/CN=Ada Lovelace,Zug,staff,2026-01-01,\n",
            [member]
        );

        Assert.Null(Assert.Single(plan.Steps).Take(member, Files.Now));
        Assert.Equal(
            ("Ada Lovelace", 2, 2, 2, 1),
            (member.DisplayName, member.Emails.Count, member.Certificates.Count, member.Memberships.Count, member.FormerNames.Count)
        );
        Assert.Empty(Files.Plan($"id,given,family,institute,position,from\n{member.Id},Ada,Lovelace,Zug,staff,2026-01-01", [member]).Steps);
        member.Restore(before);

        Assert.Equal(Written(before), Written(MemberRecord.Of(member)));
    }

    private static string Written(MemberRecord record) => System.Text.Json.JsonSerializer.Serialize(record);
}
