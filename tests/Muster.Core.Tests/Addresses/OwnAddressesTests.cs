using CsCheck;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Xunit;

namespace Muster.Core.Tests.Addresses;

public sealed class OwnAddressesTests
{
    private static readonly DateTimeOffset start = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly MemberId someone = new(new Guid("018f0000-0000-7000-8000-000000000001"));

    [Fact]
    public void Another_name_is_shown_and_the_old_one_stays_an_alias()
    {
        var own = Own();
        own.TakeName(Local("jane.doe"), "rule:x", start);

        Assert.NotNull(own.TakeName(Local("jane.roe"), "account:registrar", start.AddDays(1)));

        Assert.Equal(("jane.roe", true), (own.Shown!.LocalPart, own.All.Single(a => a.LocalPart == "jane.doe").Holds));
        Assert.Null(own.TakeName(Local("jane.doe"), "account:registrar", start.AddDays(2))); // back again: it is theirs
        Assert.Equal(["jane.doe", "jane.roe"], own.All.Select(a => a.LocalPart));
    }

    [Fact]
    public void One_that_ended_is_not_shown_and_can_only_come_back_to_its_member()
    {
        var own = Own();
        own.TakeName(Local("jane.doe"), "rule:x", start);
        Assert.True(own.AddAlias(Local("spokes"), "account:r", "wish", start).IsSuccess);
        Assert.Equal("alias.have-already", own.AddAlias(Local("spokes"), "account:r", "wish", start).Refusal.Code);
        Assert.Equal("alias.shown-first", own.End("jane.doe", start).Refusal.Code);

        Assert.True(own.End("spokes", start).IsSuccess);

        Assert.Equal("alias.ended", own.End("spokes", start).Refusal.Code);
        Assert.Equal("alias.ended", own.Show("spokes").Refusal.Code);
        Assert.Equal("alias.unknown", own.Show("boss").Refusal.Code);
        Assert.Equal("alias.unknown", own.End(null, start).Refusal.Code);
        Assert.True(own.AddAlias(Local("spokes"), "account:r", "again", start).Value.Holds);
        Assert.Equal(2, own.All.Count);
    }

    [Fact]
    public void The_last_one_can_end_too()
    {
        var own = Own();
        own.TakeName(Local("jane.doe"), "rule:x", start);

        Assert.True(own.End("jane.doe", start).IsSuccess);

        Assert.Null(own.Shown);
        Assert.True(own.AddAlias(Local("jane"), "account:r", "wish", start).Value.IsShown);
    }

    [Fact]
    public void Whatever_is_done_one_that_holds_is_shown_and_nothing_is_ever_forgotten()
    {
        var locals = (string[])["a.a", "b.b", "c.c", "d.d"];
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3])
            .Array[1, 40]
            .Sample(steps =>
            {
                var own = Own();
                var seen = new HashSet<string>(StringComparer.Ordinal);
                foreach (var (act, which) in steps)
                {
                    var local = locals[which];
                    if (act == 0)
                        own.TakeName(Local(local), "rule:x", start);
                    else if (act == 1)
                        _ = own.AddAlias(Local(local), "account:r", "wish", start);
                    else if (act == 2)
                        _ = own.End(local, start);
                    else
                        _ = own.Show(local);
                    Assert.Equal(own.All.Any(a => a.Holds) ? 1 : 0, own.All.Count(a => a.IsShown));
                    Assert.All(own.All, a => Assert.True(a.Holds || !a.IsShown));
                    Assert.True(seen.IsSubsetOf(own.All.Select(a => a.LocalPart)));
                    seen.UnionWith(own.All.Select(a => a.LocalPart));
                    Assert.Equal(seen.Count, own.All.Count);
                    Assert.All(own.All, a => Assert.Equal(someone, a.MemberId));
                }
            });
    }

    private static OwnAddresses Own() => new(someone, []);

    private static LocalPart Local(string text) => LocalPart.Parse(text, LocalPartRules.Shipped).Value;
}
