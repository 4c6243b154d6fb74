using Muster.Core.Roles;
using Muster.Server.Register.Home;
using Muster.Server.Storage;

namespace Muster.Server.Register.Institutes;

internal static class InstitutesFeature
{
    public static void AddInstitutes(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTable(InstitutesTable.Map);
        builder.Services.AddSingleton<ShowInstitute.Loader>();
        builder.Services.AddSingleton(
            new DeskTile(
                "unspoken",
                Power.ReadRegister,
                FindInstitutes.Path + "?show=unspoken",
                (db, today, ct) => db.UnspokenCountAsync(today, ct)
            )
        );
    }

    public static void MapInstitutes(this IEndpointRouteBuilder routes)
    {
        FindInstitutes.Map(routes);
        EnterInstitute.Map(routes);
        ShowInstitute.Map(routes);
        NameRepresentative.Map(routes);
        RecordSuccessor.Map(routes);
        FindOrganisations.Map(routes);
        TakeOverFact.Map(routes);
    }
}
