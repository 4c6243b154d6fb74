using Microsoft.EntityFrameworkCore;
using Muster.Core;
using Muster.Core.Members;
using Muster.Core.Profiles;
using Muster.Server.Web;
using Muster.Server.Web.Api;

namespace Muster.Server.Register.Profiles;

/// <summary>One member's profile, as this viewer may see it. Whoever looks is counted, by the day, and told to the member.</summary>
internal static class ShowMember
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(FindMembers.Path + "/{id:guid}", HandleAsync).RequireSignIn();
        routes
            .MapGet(FindMembers.Api + "/{id:guid}", HandleAsync)
            .RequireSignIn()
            .Answers<ProfileAnswer>("showMember", o => o with { AlsoRefuses = [StatusCodes.Status403Forbidden] });
    }

    private static async Task<IResult> HandleAsync(HttpContext http, Guid id, Desk desk, CancellationToken ct)
    {
        var me = SignedIn.On(http)!; // the route needs it
        var today = desk.Today;
        await using var db = await desk.ReadAsync(ct);
        var viewer = await db.ViewerAsync(me, today, ct);
        if (viewer == Viewer.Outsider)
            return Problems.Answer(http, new Refusal("profile.members-only"), StatusCodes.Status403Forbidden);
        // The same answer for nobody, and for somebody who has left.
        if (id == Guid.Empty || await db.ProfilesAsync([new MemberId(id)], viewer, today, ct) is not [var profile])
            return Problems.Answer(http, new Refusal("profile.unknown"), StatusCodes.Status404NotFound);
        if (profile.Id != me.MemberId && !HttpMethods.IsHead(http.Request.Method))
            await CountAsync(desk, profile.Id, me, today, ct);
        return Problems.WantsJson(http)
            ? Results.Json(ProfileAnswer.Of(profile))
            : Pages.Show<MemberPage>(http, new { Member = profile, IsOneself = profile.Id == me.MemberId });
    }

    private static Task<bool> CountAsync(Desk desk, MemberId member, SignedIn me, DateOnly today, CancellationToken ct) =>
        desk.Writer.WriteAsync(
            nameof(ShowMember),
            async (db, unit) =>
            {
                var account = me.Id.Value;
                var look = await db.Set<ProfileLook>()
                    .SingleOrDefaultAsync(l => l.MemberId == member && l.Day == today && l.AccountId == account, unit);
                if (look is null)
                    db.Add(look = new ProfileLook(member, today, account));
                look.Again();
                await db.SaveChangesAsync(unit);
                return true;
            },
            ct
        );
}
