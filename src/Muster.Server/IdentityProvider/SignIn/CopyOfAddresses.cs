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
                TakeCopy.Rows(
                    requests,
                    r =>
                        [
                            ("address", r.Address),
                            ("asked", TakeCopy.At(r.RequestedAt)),
                            ("confirmed", TakeCopy.At(r.ConfirmedAt)),
                            ("withdrawn", TakeCopy.At(r.WithdrawnAt)),
                        ]
                )
            ),
            new(
                "primaryChanges",
                TakeCopy.Rows(
                    changes,
                    c =>
                        [
                            ("before", c.Before),
                            ("after", c.After),
                            ("asked", TakeCopy.At(c.RequestedAt)),
                            ("ended", TakeCopy.At(c.EndedAt)),
                            ("how", c.Outcome?.ToString()),
                        ]
                )
            ),
            new(
                "collaborationAddresses",
                TakeCopy.Rows(
                    (await db.OwnAddressesAsync(member.Id, ct)).All,
                    a =>
                        [
                            ("localPart", a.LocalPart),
                            ("kind", a.Kind.ToString()),
                            ("given", TakeCopy.At(a.GivenAt)),
                            ("ended", TakeCopy.At(a.EndedAt)),
                            ("shownFirst", a.IsShown ? "yes" : null),
                        ]
                )
            ),
        ];
    }
}
