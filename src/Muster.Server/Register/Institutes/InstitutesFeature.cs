using Muster.Core.Institutes;
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
                async (db, today, ct) =>
                    (await db.InstituteLinesAsync(today, ct)).Count(l =>
                        l.Institute.Covers(today) && l.Speakers.Count < Representative.Wanted
                    )
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
