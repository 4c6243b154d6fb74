using Microsoft.AspNetCore.Identity;

namespace Muster.Server.Register.Accounts;

/// <summary>
/// What an account signs in with: password hash, second factors, passkeys. Its id is the account's. The account's life is not
/// kept here but in <see cref="Muster.Core.Accounts.Account"/>.
/// </summary>
internal sealed class Credential : IdentityUser<Guid>;
