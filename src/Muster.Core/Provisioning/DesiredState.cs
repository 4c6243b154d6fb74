using Muster.Core.Accounts;

namespace Muster.Core.Provisioning;

/// <summary>How one account must look in every connected system. Two equal states need no work.</summary>
/// <param name="Revision">Of the account; an older state never overwrites a newer one.</param>
/// <param name="Enabled">False: the entry stays, nobody gets in with it.</param>
public sealed record DesiredState(
    AccountId Account,
    string Name,
    string DisplayName,
    string? Given,
    string? Family,
    string Email,
    bool Enabled,
    int Revision
);

/// <summary>From an account to what the connected systems must show.</summary>
public static class ProvisioningPlan
{
    public static DesiredState For(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        var enabled =
            account.State is AccountState.Ordered or AccountState.InitialPassword or AccountState.Active && account.ExpiredAt is null;
        return new DesiredState(
            account.Id,
            account.Name,
            account.DisplayName,
            account.Given,
            account.Family,
            account.Email,
            enabled,
            account.Revision
        );
    }
}
