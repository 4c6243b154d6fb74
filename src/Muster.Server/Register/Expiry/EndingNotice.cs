using Muster.Core.Accounts;
using Muster.Core.Institutes;

namespace Muster.Server.Register.Expiry;

/// <summary>What those who speak for an institute were last told about the end of one of its people's memberships.</summary>
internal sealed class EndingNotice
{
    private EndingNotice() { }

    public EndingNotice(AccountId account, InstituteId institute)
    {
        AccountId = account;
        InstituteId = institute;
    }

    public AccountId AccountId { get; private set; }
    public InstituteId InstituteId { get; private set; }
    public DateOnly End { get; private set; }
    public int Days { get; private set; }

    public void Tell(DateOnly end, int days) => (End, Days) = (end, days);
}
