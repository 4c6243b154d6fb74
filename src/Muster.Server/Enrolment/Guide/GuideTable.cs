using Microsoft.EntityFrameworkCore;
using Muster.Core.Guide;
using Muster.Core.Registrations;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Guide;

internal static class GuideTable
{
    /// <summary>So many of the last registrations tell how long things take.</summary>
    private const int CasesLookedAt = 200;

    public static void Map(ModelBuilder model)
    {
        model.Entity<GuideVersion>(version =>
        {
            version.ToTable("guide_versions");
            version.HasKey(v => v.Number);
            version.Property(v => v.Number).ValueGeneratedNever();
        });
        model.Entity<GuideTick>(tick =>
        {
            tick.ToTable("guide_ticks");
            tick.HasKey(t => new { t.AccountId, t.StepId });
        });
    }

    public static Task<GuideVersion?> LatestGuideAsync(this MusterDb db, CancellationToken ct) =>
        db.Set<GuideVersion>().OrderByDescending(v => v.Number).FirstOrDefaultAsync(ct);

    /// <summary>What the guide was at this number; null where there is no such.</summary>
    public static async Task<GuideContent?> GuideAsync(this MusterDb db, int number, CancellationToken ct) =>
        number == 0 ? GuideContent.Shipped : (await db.Set<GuideVersion>().SingleOrDefaultAsync(v => v.Number == number, ct))?.ToContent();

    public static Task<Dictionary<string, DateTimeOffset>> GuideTicksOfAsync(this MusterDb db, Guid account, CancellationToken ct) =>
        db.Set<GuideTick>().Where(t => t.AccountId == account).ToDictionaryAsync(t => t.StepId, t => t.DoneAt, ct);

    /// <summary>Within what time half of those admitted last were through a step; only steps with cases enough.</summary>
    public static async Task<Dictionary<GuideStepKind, TimeSpan>> HalfWithinAsync(this MusterDb db, CancellationToken ct)
    {
        // Each state by itself is a walk along an index, however many there are.
        var last = new List<Times>();
        foreach (var state in (RegistrationState[])[RegistrationState.Approved, RegistrationState.Provisioned])
            last.AddRange(
                await db.Set<Registration>()
                    .Where(r => r.State == state)
                    .OrderByDescending(r => r.StateSince)
                    .Take(CasesLookedAt)
                    .Select(r => new Times(r.StateSince, r.CreatedAt, r.EmailConfirmedAt, r.DecidedAt, r.ProvisionedAt))
                    .ToListAsync(ct)
            );
        last = [.. last.OrderByDescending(t => t.StateSince).Take(CasesLookedAt)];
        var half = new Dictionary<GuideStepKind, TimeSpan>();
        void Add(GuideStepKind kind, IEnumerable<TimeSpan?> cases)
        {
            if (GuideTimes.HalfWithin(cases.OfType<TimeSpan>()) is { } time)
                half[kind] = time;
        }
        Add(GuideStepKind.Email, last.Select(r => r.EmailConfirmedAt - r.CreatedAt));
        Add(GuideStepKind.Approval, last.Select(r => r.DecidedAt - r.EmailConfirmedAt));
        Add(GuideStepKind.Account, last.Select(r => r.ProvisionedAt - r.DecidedAt));
        return half;
    }

    /// <summary>Of one registration.</summary>
    private sealed record Times(
        DateTimeOffset StateSince,
        DateTimeOffset CreatedAt,
        DateTimeOffset? EmailConfirmedAt,
        DateTimeOffset? DecidedAt,
        DateTimeOffset? ProvisionedAt
    );
}
