using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Server.Outbox;
using Muster.Server.Web;

namespace Muster.Server.Register.Members;

/// <summary>What those who speak for an institute are told about its people.</summary>
internal static class MembershipMails
{
    /// <returns>Null for a speaker without an address.</returns>
    public static OutboxOrder? Moved(
        Member member,
        Institute from,
        Institute to,
        DateOnly on,
        Institute told,
        Member speaker,
        DateTimeOffset now
    ) =>
        speaker.PrimaryEmail is not { } address
            ? null
            : new MailOrder(
                "member-moved",
                address,
                speaker.DisplayName,
                "en",
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["name"] = speaker.DisplayName,
                    ["member"] = member.DisplayName,
                    ["from"] = from.Name,
                    ["to"] = to.Name,
                    ["on"] = Days.Iso(on),
                },
                null
            ).ToOrder($"member-moved:{member.Id}:{told.Id}:{speaker.Id}:{Days.Iso(on)}:{now.ToUnixTimeSeconds()}", now);
}
