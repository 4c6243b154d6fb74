using CsCheck;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Profiles;
using Muster.Core.Search;
using Muster.Core.Tests.Registrations;
using Xunit;

namespace Muster.Core.Tests.Profiles;

public sealed class PrivacyTests
{
    private static readonly DateTimeOffset start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly today = new(2026, 3, 2);
    private static readonly InstituteId institute = new(new Guid("018f0000-0000-7000-8000-0000000000aa"));

    /// <summary>What each field has to be found in a profile by.</summary>
    private static readonly Dictionary<ProfileField, Func<Profile, bool>> shows = new()
    {
        [ProfileField.Native] = p => p.Native is not null,
        [ProfileField.Institute] = p => p.Places.Any(l => l.Institute is not null),
        [ProfileField.Country] = p => p.Places.Any(l => l.Country is not null),
        [ProfileField.Position] = p => p.Places.Any(l => l.Position is not null),
        [ProfileField.MemberSince] = p => p.MemberSince is not null,
        [ProfileField.Email] = p => p.Email is not null,
        [ProfileField.Orcid] = p => p.Orcid is not null,
        [ProfileField.Languages] = p => p.Languages.Count > 0,
        [ProfileField.Phone] = p => p.Phone is not null,
        [ProfileField.Office] = p => p.Office is not null,
        [ProfileField.Web] = p => p.Web is not null,
    };

    /// <summary>Questions that only one field answers.</summary>
    private static readonly Dictionary<ProfileField, string> questions = new()
    {
        [ProfileField.Native] = "愛達",
        [ProfileField.Institute] = "zugspitze",
        [ProfileField.Email] = "countess@engine",
        [ProfileField.Orcid] = "0000-0002-1825-0097",
    };

    [Fact]
    public void A_field_is_shown_and_found_by_exactly_those_whom_rule_and_choice_let_see_it()
    {
        Assert.Equal(PrivacySettings.Fields, shows.Keys.Order());
        var rule = Gen.Int[0, FieldRule.All.Count - 1].Select(i => FieldRule.All[i]);
        Gen.Select(rule.Array[shows.Count], Gen.Int[-1, 2].Array[shows.Count], Gen.Int[0, 3])
            .Sample(
                (rules, chosen, looking) =>
                {
                    var fields = PrivacySettings.Fields;
                    var settings = PrivacySettings.Shipped.With(fields.Zip(rules).Select(p => KeyValuePair.Create(p.First, p.Second)));
                    var choices = fields.Zip(chosen).Where(p => p.Second >= 0).ToDictionary(p => p.First, p => (Audience)p.Second);
                    var viewer = (Viewer)looking;

                    var profile = Show(viewer, settings, choices);

                    if (viewer == Viewer.Outsider)
                    {
                        Assert.Null(profile);
                        return;
                    }
                    Assert.NotNull(profile);
                    for (var i = 0; i < fields.Count; i++)
                    {
                        var audience = rules[i].IsChosen && chosen[i] >= 0 ? (Audience)chosen[i] : rules[i].Audience;
                        var sees =
                            viewer == Viewer.Desk
                            || audience == Audience.Members
                            || (audience == Audience.Representatives && viewer == Viewer.Representative);
                        Assert.Equal(sees, shows[fields[i]](profile));
                        if (questions.TryGetValue(fields[i], out var question))
                            Assert.Equal(sees, profile.IsFoundBy(SearchText.Question(question), []));
                    }
                    Assert.Equal("Ada Lovelace", profile.Name);
                    Assert.True(profile.IsFoundBy(SearchText.Question("lovel ada"), []));
                }
            );
    }

    [Fact]
    public void Words_looked_for_instead_find_only_who_shows_them()
    {
        var open = Show(Viewer.Member, Rules(Audience.Members), new Dictionary<ProfileField, Audience>())!;
        var closed = Show(Viewer.Member, Rules(Audience.Desk), new Dictionary<ProfileField, Audience>())!;

        Assert.True(
            open.IsFoundBy(
                ["zugspitz3"],
                [
                    ["zugspitze"],
                ]
            )
        );
        Assert.False(
            closed.IsFoundBy(
                ["zugspitz3"],
                [
                    ["zugspitze"],
                ]
            )
        );
        Assert.True(
            closed.IsFoundBy(
                ["lovelase"],
                [
                    ["lovelace"],
                ]
            )
        );
        // What stands for one word does not stand for another.
        Assert.False(
            closed.IsFoundBy(
                ["lovelase", "zugspitz3"],
                [
                    ["lovelace"],
                    ["zugspitze"],
                ]
            )
        );
        Assert.False(closed.IsFoundBy(["lovelace", "zugspitz3"], [null, ["zugspitze"]]));
    }

    [Fact]
    public void Who_has_left_or_died_has_no_profile_even_for_the_desk()
    {
        Assert.Null(Show(Viewer.Desk, PrivacySettings.Shipped, new Dictionary<ProfileField, Audience>(), until: today));
        Assert.Null(Show(Viewer.Desk, PrivacySettings.Shipped, new Dictionary<ProfileField, Audience>(), died: today.AddDays(-1)));
    }

    [Fact]
    public void Every_rule_is_read_from_its_word_and_nothing_else_is()
    {
        Assert.All(FieldRule.All, r => Assert.Equal(r, FieldRule.Read(r.ToString())));
        Assert.Equal(6, FieldRule.All.Select(r => r.ToString()).Distinct(StringComparer.Ordinal).Count());
        Assert.All((string?[])[null, "", "Members", "2", "choice-", "everybody"], w => Assert.Null(FieldRule.Read(w)));
        Assert.All((string?[])[null, "0", "Desk", "choice-desk"], w => Assert.Null(FieldRule.ReadAudience(w)));
        Assert.Equal(Audience.Representatives, FieldRule.ReadAudience("representatives"));
        Assert.NotEqual(
            PrivacySettings.Shipped.Fingerprint,
            PrivacySettings.Shipped.With([KeyValuePair.Create(ProfileField.Phone, new FieldRule(false, Audience.Members))]).Fingerprint
        );
    }

    private static PrivacySettings Rules(Audience audience) =>
        PrivacySettings.Shipped.With(PrivacySettings.Fields.Select(f => KeyValuePair.Create(f, new FieldRule(false, audience))));

    private static Profile? Show(
        Viewer viewer,
        PrivacySettings settings,
        IReadOnlyDictionary<ProfileField, Audience> choices,
        DateOnly? until = null,
        DateOnly? died = null
    )
    {
        var name = PersonName.Create("Ada", "Lovelace", NameOrder.GivenFirst, "愛達").Value;
        var member = Core.Members.Member.Enter(new MemberId(new Guid("018f0000-0000-7000-8000-000000000001")), name, null, start);
        member.Change(name, null, Orcid.Parse("0000-0002-1825-0097").Value, died, start);
        member.AddEmail(RegistrationTests.Email("countess@engine.example"));
        var terms = new MembershipTerms("professor", MembershipCategory.Full, 100, today.AddYears(-1), until, null, null);
        Assert.True(member.Join(institute, terms).IsSuccess);
        var contact = ContactDetails.Read("en", "+49 40 8998 0", "2b", "https://kek.jp").Details!;
        var places = new Dictionary<InstituteId, Institute>
        {
            [institute] = new(institute, "Zugspitze Laboratory", "Zugspitze", "DE", today.AddYears(-5)),
        };
        return PrivacyRules.Show(new ProfileRecord(member, contact, choices), viewer, settings, places, today);
    }
}
