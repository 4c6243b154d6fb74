using System.Globalization;

namespace Muster.Server.Outbox;

/// <summary>Moments in mails: UTC, said so, the same for every reader.</summary>
internal static class MailTimes
{
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.GetCultureInfo("en-GB"));
}
