using Muster.Server.Storage;
using Muster.Server.Web;

namespace Muster.Server.Register.AcceptableUse;

internal static class AcceptableUseFeature
{
    public const string Path = "/conditions";

    public static void AddAcceptableUse(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTable(AcceptableUseTable.Map);
        builder.Services.AddCheckedOptions<AcceptableUseOptions>(AcceptableUseOptions.Section, o => o.Problems());
        builder.Services.AddSingleton<AupLibrary>();
    }

    /// <summary>The text in force, readable from everywhere and by everybody.</summary>
    public static void MapAcceptableUse(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet(Path, (HttpContext http, AupLibrary aup) => Pages.Show<ConditionsPage>(http, new { Aup = aup.Current(http) }))
            .OpenToEveryone();
}
