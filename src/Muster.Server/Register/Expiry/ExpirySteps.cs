using Microsoft.Extensions.Options;
using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.Expiry;

/// <summary>Compares an account with its holder's memberships, and orders and writes down what follows; the caller saves.</summary>
internal sealed class ExpirySteps(AuditTrail audit, IOptions<RegisterOptions> options, TimeProvider clock)
{
    public ExpiryRules Rules => options.Value.Expiry;

    public async Task<ExpiryStep> TakeAsync(MusterDb db, Account account, Member member, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var step = account.Follow(MembershipStretch.On(member.Memberships, today, member.DeceasedOn), Rules, today, now);
        if (Act(step) is not { } act)
            return step;

        if (step is ExpiryStep.Expired or ExpiryStep.Revived)
            db.Add(AccountOrders.Apply(account, now));
        var (end, works) = (Days.LastIso(account.MembershipEnd), LastDay(account));
        // The dead are not written to, nor those who were barred: theirs does not work anyhow. Nor does one work again that never had a password.
        var isTold =
            member.DeceasedOn is null && account.State != AccountState.Suspended && (step != ExpiryStep.Revived || account.IsUsable);
        if (isTold && Template(step) is { } template)
            db.Add(
                AccountOrders.Mail(
                    account,
                    template,
                    $"{template}:{account.Id}:{end}:{account.EndWarnedDays}:{now.ToUnixTimeSeconds()}",
                    null,
                    [("end", end ?? ""), ("works", works ?? "")],
                    now
                )
            );
        var entry = new AuditEntry(act, Actor.System("memberships"))
        {
            AccountId = account.Id.Value,
            MemberId = member.Id.Value,
            Details = { ["lastDay"] = end },
        };
        if (step == ExpiryStep.Warned)
            entry.Details["days"] = $"{account.EndWarnedDays}";
        if (step == ExpiryStep.GraceBegan)
            entry.Details["works"] = works;
        await audit.AppendAsync(db, entry, now, ct);
        return step;
    }

    /// <summary>The last day on which the account works, as far as is known.</summary>
    private string? LastDay(Account account) =>
        Days.LastIso(account.GraceUntil ?? (account.MembershipEnd is { } end ? Rules.FirstDayWithout(end) : null));

    private static string? Act(ExpiryStep step) =>
        step switch
        {
            ExpiryStep.Warned => "account.end-warned",
            ExpiryStep.GraceBegan => "account.grace-began",
            ExpiryStep.Expired => "account.expired",
            ExpiryStep.Resumed => "account.grace-over",
            ExpiryStep.Revived => "account.revived",
            _ => null,
        };

    private static string? Template(ExpiryStep step) =>
        step switch
        {
            ExpiryStep.Warned => "membership-ending",
            ExpiryStep.GraceBegan => "membership-over",
            ExpiryStep.Expired => "account-expired",
            ExpiryStep.Revived => "account-revived",
            _ => null,
        };
}
