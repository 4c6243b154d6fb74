using Muster.Core;
using Muster.Core.Accounts;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Audit;
using Muster.Server.Register.Accounts;
using Muster.Server.Register.Members;
using Muster.Server.Storage;

namespace Muster.Server.Register.Addresses;

/// <summary>What a change of the primary address writes, whoever decided it: the record, the account, the mails.</summary>
internal static class PrimaryWork
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan TidyEvery = TimeSpan.FromHours(1);
    private const int AtOnce = 50;

    /// <summary>Requests that are over, or whose link is too old, are of no use to anybody.</summary>
    private static readonly TimeSpan kept = TimeSpan.FromDays(30);

    /// <returns>Null, or why not: <c>address.unknown</c>, <c>address.is-primary</c>, <c>address.not-confirmed</c>, <c>address.own-domain</c>,
    /// <c>address.of-another</c>.</returns>
    public static async Task<Refusal?> CarryOutAsync(
        MusterDb db,
        Member member,
        Account? account,
        string key,
        AddressesOptions options,
        string? reason,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var before = member.PrimaryEmail;
        // Nobody signs in yet, nothing is mailed yet: the list may be put right without the person.
        if (!member.CanBePrimary(key, needsConfirmation: account is not null).TryGet(out var email, out var why))
            return why;
        var address = EmailAddress.Parse(email.Address).Value; // is on record, so it is one
        if (options.RefusesMailbox(address) is { } own)
            return own;
        if (await db.AccountByEmailAsync(key, ct) is { } holder && holder.MemberId != member.Id)
            return new Refusal("address.of-another");
        member.MakePrimary(key, needsConfirmation: account is not null);
        if (account is not null)
        {
            if (account.TakeEmail(address))
                db.Add(AccountOrders.PasswordLinkMail(account, "initial-password-again", now));
            db.Add(AccountOrders.Apply(account, now));
        }
        db.AddRange(AddressMails.Changed(before, address.Value, reason, member, account, now));
        return null;
    }

    /// <summary>Changes that nobody stopped in time.</summary>
    public static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var desk = services.GetRequiredService<Desk>();
        var options = services.GetRequiredService<Microsoft.Extensions.Options.IOptions<AddressesOptions>>().Value;
        List<Guid> due;
        await using (var db = await desk.ReadAsync(ct))
            due = await db.DuePrimaryChangesAsync(desk.Now, AtOnce, ct);
        foreach (var id in due)
            try
            {
                await desk.Writer.WriteAsync(nameof(PrimaryWork), (db, unit) => EndDueAsync(db, desk, id, options, unit), ct);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Log.ChangeFailed(services.GetRequiredService<ILogger<PrimaryChange>>(), id, fault); // the others are not to wait for it
            }
    }

    /// <summary>Forgets requests and changes that are long over.</summary>
    public static Task TidyAsync(IServiceProvider services, CancellationToken ct)
    {
        var desk = services.GetRequiredService<Desk>();
        return desk.Writer.WriteAsync(
            nameof(TidyAsync),
            async (db, unit) =>
                await db.ForgetAddressRequestsAsync(desk.Now - kept, unit) + await db.ForgetPrimaryChangesAsync(desk.Now - kept, unit),
            ct
        );
    }

    /// <returns>Whether it was ended; not where the old address has not had its time yet.</returns>
    private static async Task<bool> EndDueAsync(MusterDb db, Desk desk, Guid id, AddressesOptions options, CancellationToken ct)
    {
        if (await db.PrimaryChangeAsync(id, ct) is not { IsOpen: true } change)
            return false;
        var isDue = change.HasWaited(await db.OldEndToldAtAsync(id, ct), options.StopWithin, desk.Now);
        if (isDue)
            await EndAsync(
                db,
                desk.Audit,
                change,
                PrimaryChangeOutcome.Unopposed,
                Actor.Rule("address-change-due"),
                null,
                options,
                desk.Now,
                ct
            );
        await db.SaveChangesAsync(ct);
        return isDue;
    }

    /// <summary>Ends an open change and carries it out where the outcome says so; what fits no more is withdrawn.</summary>
    /// <returns>Null, or why it was not carried out.</returns>
    public static async Task<Refusal?> EndAsync(
        MusterDb db,
        AuditTrail audit,
        PrimaryChange change,
        PrimaryChangeOutcome outcome,
        Actor by,
        string? origin,
        AddressesOptions options,
        DateTimeOffset now,
        CancellationToken ct
    )
    {
        var member = await db.MemberAsync(change.MemberId, ct) ?? throw new InvalidOperationException($"Member {change.MemberId} is gone.");
        var account = await db.AccountOfMemberAsync(member.Id, ct);
        Refusal? why = null;
        if (outcome == PrimaryChangeOutcome.Stopped)
            db.AddRange(AddressMails.ChangeStopped(change, member, account, now));
        else
            why = await CarryOutAsync(db, member, account, change.AfterKey, options, null, now, ct);
        change.End(why is null ? outcome : PrimaryChangeOutcome.Withdrawn, now);
        await audit.AppendAsync(
            db,
            new AuditEntry(
                outcome == PrimaryChangeOutcome.Stopped ? "address.primary-stopped"
                    : why is null ? "address.primary-changed"
                    : "address.primary-withdrawn",
                by
            )
            {
                MemberId = member.Id.Value,
                AccountId = account?.Id.Value,
                Origin = origin,
                Details =
                {
                    ["after"] = change.After,
                    ["before"] = change.Before,
                    ["how"] = change.Outcome.ToString(),
                },
            },
            now,
            ct
        );
        return why;
    }
}
