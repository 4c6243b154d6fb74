using Microsoft.EntityFrameworkCore;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Members;

internal static class RecordLooks
{
    /// <summary>Who looks at somebody's record is told to that person; once an hour is enough.</summary>
    public static async Task NoteLookAsync(this Desk desk, HttpContext http, MusterDb db, MemberId id, CancellationToken ct)
    {
        var me = SignedIn.On(http)!; // routes that show a record need it
        if (me.MemberId == id)
            return;
        var since = desk.Now.AddHours(-1);
        if (
            await db.Set<AuditRecord>()
                .AnyAsync(r => r.MemberId == id.Value && r.Action == "member.viewed" && r.ActorName == me.Name && r.At > since, ct)
        )
            return;
        await desk.Writer.WriteAsync(
            nameof(RecordLooks),
            async (unit, stop) =>
            {
                await desk.Audit.AppendAsync(unit, Desk.Entry(http, "member.viewed", id.Value, null), desk.Now, stop);
                await unit.SaveChangesAsync(stop);
                return true;
            },
            ct
        );
    }
}
