using Muster.Core.Accounts;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Outbox;
using Muster.Server.Web;

namespace Muster.Server.Register.Addresses;

/// <summary>What members are told about their addresses.</summary>
internal static class AddressMails
{
    public const string ConfirmPath = "/addresses/confirm/";
    public const string ChangePath = "/addresses/change/";

    /// <summary>Number in the link of the old primary address; the others have higher ones.</summary>
    public const int OldEnd = 0;

    /// <summary>To the new address; the same whether or not it is known to us.</summary>
    public static OutboxOrder Confirm(AddressRequest request, Member member, Account? account, DateTimeOffset now) =>
        Order(
            "confirm-address",
            request.Address,
            $"{request.Id}:{request.Serial}",
            member,
            account,
            [("address", request.Address), ("until", MailTimes.Of(request.ExpiresAt))],
            new MailLink(ConfirmPath, OneTimeLinks.ConfirmAddress, request.Id, request.Serial),
            now
        );

    /// <summary>To whoever has the address already.</summary>
    public static OutboxOrder? OfAnother(AddressRequest request, Member holder, Account? account, DateTimeOffset now) =>
        holder.PrimaryEmail is { } to
            ? Order("address-of-another", to, $"{request.Id}", holder, account, [("address", request.Address)], null, now)
            : null;

    /// <summary>To the primary address.</summary>
    public static OutboxOrder? Added(string address, Member member, Account? account, DateTimeOffset now) =>
        ToPrimary("address-added", member, account, [("address", address)], now);

    /// <summary>To the address that goes, and to the primary one.</summary>
    public static IEnumerable<OutboxOrder> Removed(string address, string? reason, Member member, Account? account, DateTimeOffset now) =>
        ToBoth("address-removed", address, member.PrimaryEmail, member, account, [("address", address), ("reason", reason ?? "–")], now);

    /// <summary>To the primary address alone: the one that goes is another person's.</summary>
    public static OutboxOrder? NoLongerListed(string address, Member member, Account? account, DateTimeOffset now) =>
        ToPrimary("address-removed", member, account, [("address", address), ("reason", "–")], now);

    /// <summary>
    /// To the old address, which can agree to it or stop it; and to every other confirmed one but the new one, each of which can stop it.
    /// </summary>
    public static IEnumerable<OutboxOrder> ChangeAsked(PrimaryChange change, Member member, Account? account, DateTimeOffset now)
    {
        OutboxOrder To(string to, int end) =>
            Order(
                ChangeTemplate(end),
                to,
                ChangeNumber(change.Id, end),
                member,
                account,
                [("old", change.Before), ("new", change.After), ("until", MailTimes.Of(change.DueAt))],
                new MailLink(ChangePath, OneTimeLinks.ChangePrimary, change.Id, end),
                now
            );
        var others = member
            .Emails.Where(e => e.ConfirmedAt is not null && e != member.Primary && e.Key != change.AfterKey)
            .OrderBy(e => e.Position)
            .Select((e, i) => To(e.Address, i + 1));
        return others.Prepend(To(change.Before, OldEnd));
    }

    /// <summary>Key of the order to mail the change to this end.</summary>
    public static string ChangeKey(Guid change, int end) => MailOrder.KeyOf(KeyOf(ChangeTemplate(end), ChangeNumber(change, end)));

    private static string ChangeTemplate(int end) => end == OldEnd ? "primary-change-asked" : "primary-change-told";

    private static string ChangeNumber(Guid change, int end) => end == OldEnd ? $"{change}" : $"{change}:{end}";

    public static IEnumerable<OutboxOrder> Changed(
        string? before,
        string after,
        string? reason,
        Member member,
        Account? account,
        DateTimeOffset now
    ) =>
        ToBoth("primary-changed", after, before, member, account, [("old", before ?? "–"), ("new", after), ("reason", reason ?? "–")], now);

    public static IEnumerable<OutboxOrder> ChangeStopped(PrimaryChange change, Member member, Account? account, DateTimeOffset now) =>
        ToBoth(
            "primary-change-stopped",
            change.After,
            change.Before,
            member,
            account,
            [("old", change.Before), ("new", change.After)],
            now
        );

    /// <param name="address">With its domain.</param>
    public static OutboxOrder? AliasGiven(string address, Member member, Account? account, DateTimeOffset now) =>
        ToPrimary("alias-given", member, account, [("address", address)], now);

    public static OutboxOrder? AliasEnded(string address, string reason, Member member, Account? account, DateTimeOffset now) =>
        ToPrimary("alias-ended", member, account, [("address", address), ("reason", reason)], now);

    private static OutboxOrder? ToPrimary(
        string template,
        Member member,
        Account? account,
        (string, string)[] values,
        DateTimeOffset now
    ) => member.PrimaryEmail is { } to ? Order(template, to, Anew(now), member, account, values, null, now) : null;

    private static IEnumerable<OutboxOrder> ToBoth(
        string template,
        string one,
        string? other,
        Member member,
        Account? account,
        (string, string)[] values,
        DateTimeOffset now
    ) =>
        new[] { one, other }
            .OfType<string>()
            .Where(to => to.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(to => Order(template, to, Anew(now), member, account, values, null, now));

    /// <summary>Each act is told, however soon the same one comes again.</summary>
    private static string Anew(DateTimeOffset now) => $"{Guid.CreateVersion7(now)}";

    private static string KeyOf(string template, string key) => $"{template}:{key}";

    private static OutboxOrder Order(
        string template,
        string to,
        string key,
        Member member,
        Account? account,
        (string Name, string Value)[] values,
        MailLink? link,
        DateTimeOffset now
    ) =>
        new MailOrder(
            template,
            to,
            member.DisplayName,
            account?.Language ?? "en",
            values.Append(("name", member.DisplayName)).ToDictionary(v => v.Item1, v => v.Item2, StringComparer.Ordinal),
            link
        )
            .ToOrder(KeyOf(template, key), now)
            .About(account?.RegistrationId?.Value, account?.Id.Value);
}
