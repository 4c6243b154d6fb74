using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Muster.Server.Operator.Demo;
using Xunit;

namespace Muster.Server.Tests.Operator;

public class DemoCollaborationTests
{
    static readonly DateOnly today = new(2026, 4, 1);

    readonly DemoCollaboration demo = DemoCollaboration.Create(today);

    [Fact]
    public void The_same_day_gives_the_same_collaboration_on_every_machine()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(demo)));

        Assert.Equal("975c2253811ea4a12afd690075350ca555eecacdba4920cd7f582bb3edba2b29", hash);
    }

    [Fact]
    public void Another_day_moves_the_dates_and_nothing_else()
    {
        var later = DemoCollaboration.Create(today.AddDays(40));

        Assert.Equal(
            demo.Members.Select(m => (m.Number, m.Email, m.CertificateSubject)),
            later.Members.Select(m => (m.Number, m.Email, m.CertificateSubject))
        );
        Assert.Equal(demo.Members.Select(m => m.From.AddDays(40)), later.Members.Select(m => m.From));
    }

    [Fact]
    public void It_has_the_size_of_the_real_thing()
    {
        Assert.Equal(Enumerable.Range(1, 1_000), demo.Members.Select(m => m.Number));
        Assert.Equal(113, demo.Institutes.Select(i => i.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(25, demo.Institutes.Select(i => i.Country).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([("belle", null), ("ebbel2.org", "belle")], demo.VirtualOrganisations.Select(v => (v.Name, v.Successor)));
    }

    [Fact]
    public void Every_institute_has_one_active_representative_and_some_have_no_deputy()
    {
        var members = demo.Members.ToDictionary(m => m.Number);

        Assert.Equal(
            string.Join(' ', demo.Institutes.Select(i => i.Key)),
            string.Join(' ', demo.Representatives.Where(r => !r.Deputy).Select(r => r.InstituteKey))
        );
        Assert.InRange(demo.Representatives.Count(r => r.Deputy), 80, 105);
        Assert.All(
            demo.Representatives,
            r =>
            {
                Assert.Equal(r.InstituteKey, members[r.MemberNumber].InstituteKey);
                Assert.True(members[r.MemberNumber].IsMemberOn(today));
                Assert.InRange(r.Since, members[r.MemberNumber].From, today);
            }
        );
    }

    [Fact]
    public void Addresses_subjects_and_orcids_are_unique_and_addresses_lead_nowhere()
    {
        var subjects = demo.Members.Select(m => m.CertificateSubject).OfType<string>().ToList();
        var orcids = demo.Members.Select(m => m.Orcid).OfType<string>().ToList();

        Assert.Equal(1_000, demo.Members.Select(m => m.Email).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(demo.Members, m => Assert.Matches(@"^[a-z][a-z0-9.-]*@[a-z0-9-]+\.example$", m.Email));
        Assert.InRange(subjects.Count, 620, 700);
        Assert.Equal(subjects.Count, subjects.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(subjects, s => Assert.Matches("^/DC=org/DC=demo-grid(/[A-Za-z]+=[^/]+)+$", s));
        Assert.NotEmpty(orcids);
        Assert.Equal(orcids.Count, orcids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(orcids, orcid => Assert.Equal(1, Remainder(orcid)));
    }

    [Fact]
    public void Memberships_are_past_present_and_bounded_and_none_ends_before_it_begins()
    {
        var founded = demo.Institutes.ToDictionary(i => i.Key, i => i.Since, StringComparer.Ordinal);

        Assert.InRange(demo.Members.Count(m => m.Until <= today), 40, 150);
        Assert.InRange(demo.Members.Count(m => m.Until > today), 150, 500);
        Assert.All(demo.Members, m => Assert.True(m.Until is null || m.From < m.Until));
        Assert.All(demo.Members, m => Assert.InRange(m.From, founded[m.InstituteKey], today));
    }

    [Fact]
    public void Names_come_in_many_scripts_and_orders()
    {
        var natives = string.Concat(demo.Members.Select(m => m.Native));

        foreach (var letter in "佐张陳김สअвіכحễ")
        {
            Assert.Contains(letter, natives);
        }

        Assert.Contains(demo.Members, m => m.Family is null);
        Assert.Contains(demo.Members, m => m.FamilyFirst && m.Native is null);
        Assert.Contains(demo.Members, m => m.Family is "Jónsdóttir" or "Ólafsdóttir" or "Þórsdóttir" or "Einarsdóttir" or "Guðmundsdóttir");
        Assert.Equal(2, demo.Members.Count(m => m is { Given: "Anne", Family: "Green" }));
    }

    static int Remainder(string orcid) =>
        orcid
            .Replace("-", "", StringComparison.Ordinal)
            .Aggregate(0, (sum, c) => (sum * 2 + (c == 'X' ? 10 : int.Parse([c], CultureInfo.InvariantCulture))) % 11);
}
