using Muster.Core.Roles;
using Muster.Server.Register.Home;

namespace Muster.Server.Register.Numbers;

internal static class NumbersFeature
{
    public static void AddNumbers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KnownMemberships>();
        builder.Services.AddSingleton(
            new DeskTile(
                "expiring",
                Power.ReadRegister,
                FindExpiring.Path,
                (db, today, ct) => db.EndingCountAsync(today, today.AddDays(FindExpiring.Usual), ct)
            )
        );
    }

    public static void MapNumbers(this IEndpointRouteBuilder routes)
    {
        ShowNumbers.Map(routes);
        FindExpiring.Map(routes);
    }
}
