using Muster.Core.Accounts;
using Muster.Core.Roles;
using Xunit;

namespace Muster.Core.Tests.Roles;

public sealed class RoleTests
{
    private static readonly DateTimeOffset start = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_grant_holds_from_its_first_moment_until_before_its_end()
    {
        var grant = Grant(start.AddDays(10));

        Assert.False(grant.Holds(start.AddSeconds(-1)));
        Assert.True(grant.Holds(start));
        Assert.True(grant.Holds(start.AddDays(10).AddSeconds(-1)));
        Assert.False(grant.Holds(start.AddDays(10)));
    }

    [Fact]
    public void Ended_it_holds_no_more_even_in_the_second_it_began_and_cannot_end_twice()
    {
        var grant = Grant(null);

        Assert.True(grant.End("chief", start));
        Assert.False(grant.Holds(start));
        Assert.False(grant.End("other", start.AddDays(1)));
        Assert.Equal("chief", grant.EndedBy);
    }

    [Fact]
    public void A_grant_that_ends_before_it_begins_cannot_be_made() => Assert.Throws<ArgumentException>(() => Grant(start));

    [Fact]
    public void Power_over_one_institute_is_none_over_another()
    {
        var here = new RoleScope(ScopeKind.Institute, "a");
        var powers = new Powers([(Role.Deputy, here)]);

        Assert.True(powers.Any(Power.SpeakForInstitute));
        Assert.True(powers.Over(Power.SpeakForInstitute, here));
        Assert.False(powers.Over(Power.SpeakForInstitute, new RoleScope(ScopeKind.Institute, "b")));
        Assert.False(powers.Over(Power.SpeakForInstitute, new RoleScope(ScopeKind.Group, "a")));
        Assert.Equal(["a"], powers.ScopesOf(Power.SpeakForInstitute, ScopeKind.Institute));
    }

    [Fact]
    public void Nobody_has_any_power_without_a_role() => Assert.DoesNotContain(Enum.GetValues<Power>(), p => Powers.None.Any(p));

    [Fact]
    public void Every_power_is_somebodys_and_every_role_has_a_name_that_is_read_back()
    {
        Assert.All(Enum.GetValues<Power>(), p => Assert.Contains(RoleRules.All, r => RoleRules.PowersOf(r).Contains(p)));
        Assert.All(RoleRules.All, r => Assert.Equal(r, RoleRules.Named(RoleRules.NameOf(r))));
        Assert.Null(RoleRules.Named("Registrar"));
    }

    [Fact]
    public void Auditors_read_and_do_nothing_else() => Assert.Equal([Power.ReadRegister], RoleRules.PowersOf(Role.Auditor));

    [Theory]
    [InlineData(Role.Auditor, "ignored", "")]
    [InlineData(Role.Coordinator, "  tracking ", "tracking")]
    public void A_scope_is_asked_of_those_who_need_one(Role role, string typed, string id) =>
        Assert.Equal(id, RoleRules.ScopeFor(role, typed).Value.Id);

    private static RoleGrant Grant(DateTimeOffset? until) =>
        new(
            Guid.CreateVersion7(start),
            new AccountId(Guid.CreateVersion7(start)),
            Role.Auditor,
            RoleScope.Everything,
            "chief",
            start,
            until
        );
}
