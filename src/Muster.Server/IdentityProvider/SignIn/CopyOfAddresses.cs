using Microsoft.EntityFrameworkCore;
using Muster.Core.Addresses;
using Muster.Core.Members;
using Muster.Server.Register.Addresses;
using Muster.Server.Storage;

namespace Muster.Server.IdentityProvider.SignIn;

/// <summary>What is kept about my addresses beside the addresses themselves.</summary>
internal static class CopyOfAddresses
{
    public static async Task<IReadOnlyList<CopySection>> LoadAsync(MusterDb db, Member member, CancellationToken ct)
    {
        var requests = await db.Set<AddressRequest>().Where(r => r.MemberId == member.Id).OrderBy(r => r.RequestedAt).ToListAsync(ct);
        var changes = await db.Set<PrimaryChange>().Where(c => c.MemberId == member.Id).OrderBy(c => c.RequestedAt).ToListAsync(ct);
        return
        [
            new(
                "addressRequests",
                CopySections.Rows(
                    requests,
                    r =>
                        [
                            ("address", r.Address),
                            ("asked", CopySections.At(r.RequestedAt)),
                            ("by", r.RequestedBy),
                            ("confirmed", CopySections.At(r.ConfirmedAt)),
                            ("withdrawn", CopySections.At(r.WithdrawnAt)),
                        ]
                )
            ),
            new(
                "primaryChanges",
                CopySections.Rows(
                    changes,
                    c =>
                        [
                            ("before", c.Before),
                            ("after", c.After),
                            ("asked", CopySections.At(c.RequestedAt)),
                            ("ended", CopySections.At(c.EndedAt)),
                            ("how", c.Outcome?.ToString()),
                        ]
                )
            ),
            new(
                "collaborationAddresses",
                CopySections.Rows(
                    (await db.OwnAddressesAsync(member.Id, ct)).All,
                    a =>
                        [
                            ("localPart", a.LocalPart),
                            ("kind", a.Kind.ToString()),
                            ("givenAt", CopySections.At(a.GivenAt)),
                            ("by", a.GivenBy),
                            ("reason", a.Reason),
                            ("ended", CopySections.At(a.EndedAt)),
                            ("shownFirst", a.IsShown ? "yes" : null),
                        ]
                )
            ),
        ];
    }
}
