using Muster.Core.Accounts;
using Muster.Core.Members;
using Muster.Server.Outbox;
using Muster.Server.Register.Accounts;

namespace Muster.Server.Enrolment.Certificates;

/// <summary>What a person is told about their certificates.</summary>
internal static class CertificateMails
{
    public static OutboxOrder Added(Account account, string key, string subject, DateTimeOffset now) =>
        Order(account, "certificate-added", $"{account.Id}:{Short(key)}:{now.ToUnixTimeSeconds()}", subject, [], now);

    /// <summary>Each turn is told, however soon after the last one.</summary>
    public static OutboxOrder Suspended(Account account, MemberCertificate certificate, DateTimeOffset now) =>
        Order(
            account,
            certificate.SuspendedAt is null ? "certificate-resumed" : "certificate-suspended",
            $"{account.Id}:{Short(certificate.Key)}:{Guid.CreateVersion7(now)}",
            certificate.Subject,
            [],
            now
        );

    public static OutboxOrder Decided(Account account, CertificateRequest request, DateTimeOffset now) =>
        Order(
            account,
            request.IsApproved == true ? "certificate-request-approved" : "certificate-request-refused",
            request.Id.ToString(),
            request.Subject,
            [("words", request.Words ?? "")],
            now
        );

    /// <param name="days">The threshold that was passed.</param>
    public static OutboxOrder Expiring(Account account, MemberCertificate certificate, int days, DateTimeOffset now) =>
        Order(
            account,
            "certificate-expiring",
            $"{account.Id}:{Short(certificate.Key)}:{certificate.NotAfter?.ToUnixTimeSeconds()}:{days}",
            certificate.Subject,
            [("end", certificate.NotAfter is { } end ? MailTimes.Of(end) : "")],
            now
        );

    private static OutboxOrder Order(
        Account account,
        string template,
        string key,
        string subject,
        IReadOnlyList<(string, string)> more,
        DateTimeOffset now
    ) => AccountOrders.Mail(account, template, $"{template}:{key}", null, [("subject", subject), .. more], now);

    /// <summary>Keys of names are long; a digest is as unique.</summary>
    private static string Short(string key) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)))[..16];
}
