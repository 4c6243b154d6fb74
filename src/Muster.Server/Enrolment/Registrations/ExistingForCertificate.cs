using Muster.Core.Accounts;
using Muster.Core.Registrations;
using Muster.Server.Register.Accounts;
using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Registrations;

/// <summary>What the holder of a certificate already has. They have proved who they are, so they may be told.</summary>
public sealed record ExistingForCertificate(
    string? AccountName,
    AccountState? AccountState,
    string? Reference,
    string? FollowLink,
    string? EmailMasked
)
{
    /// <summary>The membership is over, and the account with it: it lets nobody in, and no link would help.</summary>
    public bool IsOver { get; private init; }

    internal static async Task<ExistingForCertificate?> FindAsync(
        MusterDb db,
        string certificateKey,
        RegistrationLinks links,
        CancellationToken ct
    )
    {
        if (await db.AccountByCertificateAsync(certificateKey, ct) is { } account)
            return new ExistingForCertificate(account.Name, account.State, null, null, Masked(account.Email))
            {
                IsOver = account.ExpiredAt is not null,
            };

        if (await db.OpenRegistrationByCertificateAsync(certificateKey, ct) is { } open)
            return new ExistingForCertificate(null, null, open.Reference, links.Follow(open.Id), Masked(open.Email));
        return null;
    }

    private static string Masked(string email) => Core.Members.EmailAddress.Parse(email).Value.Masked;
}
