using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muster.Server.Storage;
using Xunit;

namespace Muster.Server.Tests.Http;

/// <summary>Memberships that end and are extended, for tests that need it done.</summary>
internal static class Endings
{
    public static async Task<(int Status, JsonElement Body)> ExtendAsync(
        this Portal portal,
        Visitor desk,
        Guid member,
        string lastDay,
        string reason,
        string? membership = null
    ) =>
        await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{member}/extend",
            new
            {
                membership = membership
                    ?? $"{portal.Read("select institute_id from memberships where member_id = @0", member.Upper())}/2024-01-01",
                lastDay,
                reason,
            }
        );

    /// <summary>Somebody with an account whose only membership is at an institute of its own.</summary>
    public static async Task<(Visitor Me, string Account, Guid Member, string Email, Guid Institute)> MemberAsync(
        this Portal portal,
        string institute
    )
    {
        var certificate = portal.NextMember();
        var (me, account) = await portal.JoinAsync(certificate);
        var member = Guid.Parse(portal.MemberOf(account));
        using var desk = await portal.RegistrarAsync();
        var id = await desk.EnterInstituteAsync(institute);
        await portal.ExecuteAsync($"delete from memberships where member_id = '{member.Upper()}'");
        await desk.JoinAsync(member, id);
        return (me, account, member, certificate.Email, id);
    }

    public static async Task JoinAsync(this Visitor desk, Guid member, Guid institute)
    {
        var (status, body) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{member}/memberships",
            new
            {
                institute,
                position = "staff",
                from = "2024-01-01",
            }
        );
        Assert.True(status == 200, body.ToString());
    }

    public static async Task EndAsync(this Portal portal, Guid member, int lastDay)
    {
        var institute = portal.Read("select institute_id from memberships where member_id = @0", member.Upper());
        using var desk = await portal.RegistrarAsync();
        var (status, body) = await desk.JsonAsync(
            HttpMethod.Post,
            $"/api/people/{member}/memberships/{institute}/2024-01-01",
            new { position = "staff", until = portal.Day(lastDay) }
        );
        Assert.True(status == 200, body.ToString());
    }

    public static Task<int> ExecuteAsync(this Portal portal, string sql) =>
        portal
            .Services.GetRequiredService<Writer>()
            .WriteAsync(nameof(Endings), (db, ct) => db.Database.ExecuteSqlRawAsync(sql, ct), TestContext.Current.CancellationToken);

    public static string Day(this Portal portal, int days) =>
        portal.Now.AddDays(days).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Upper(this Guid id) => id.ToString().ToUpperInvariant();
}
