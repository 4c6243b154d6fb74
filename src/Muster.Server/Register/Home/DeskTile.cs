using Muster.Core.Roles;
using Muster.Server.Storage;

namespace Muster.Server.Register.Home;

/// <summary>One thing that may wait at the desk, said by the trade whose it is: how much of it there is, and where it is dealt with.</summary>
/// <param name="Power">Who has not this one does not see the tile.</param>
/// <param name="CountAsync">As of the day given.</param>
internal sealed record DeskTile(string Name, Power Power, string Path, Func<MusterDb, DateOnly, CancellationToken, Task<int>> CountAsync);
