using Microsoft.EntityFrameworkCore;
using Muster.Server.Audit;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register;

/// <summary>What every slice of the register needs.</summary>
internal sealed record Desk(Writer Writer, IDbContextFactory<MusterDb> Contexts, AuditTrail Audit, TimeProvider Clock)
{
    public DateTimeOffset Now => Clock.GetUtcNow();

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public Task<MusterDb> ReadAsync(CancellationToken ct) => Contexts.CreateDbContextAsync(ct);

    /// <summary>An entry of the trail by who is signed in on this request; details without a value are left out.</summary>
    public static AuditEntry Entry(
        HttpContext http,
        string action,
        Guid? member,
        Guid? account,
        params (string Name, string? Value)[] details
    )
    {
        var entry = new AuditEntry(action, Actor.Account(SignedIn.On(http)!.Name)) // the route needs it
        {
            MemberId = member,
            AccountId = account,
            Origin = http.Connection.RemoteIpAddress?.ToString(),
        };
        foreach (var (name, value) in details)
            if (value is not null)
                entry.Details[name] = value;
        return entry;
    }
}
