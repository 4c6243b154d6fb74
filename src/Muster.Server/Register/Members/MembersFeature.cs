using Microsoft.EntityFrameworkCore.Diagnostics;
using Muster.Server.Outbox;
using Muster.Server.Storage;

namespace Muster.Server.Register.Members;

internal static class MembersFeature
{
    public static void AddMembers(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTable(MembersTable.Map);
        services.AddCheckedOptions<RegisterOptions>(RegisterOptions.Section, o => o.Problems());
        services.AddSingleton<Desk>();
        services.AddSingleton<SaveChangesInterceptor, MemberWords>();
        services.AddSingleton<NoteRenewal>();
        services.AddSingleton<ShowPerson.Loader>();
        services.AddSingleton<EnterPerson.Parts>();
        services.AddSingleton(new PeriodicWork(nameof(CatchUpWords), CatchUpWords.Every, CatchUpWords.RunAsync));
    }

    public static void MapMembers(this IEndpointRouteBuilder routes)
    {
        FindPeople.Map(routes);
        EnterPerson.Map(routes);
        ShowPerson.Map(routes);
        ChangePerson.Map(routes);
        JoinInstitute.Map(routes);
        ChangeMembership.Map(routes);
        MoveInstitute.Map(routes);
        ExportPeople.Map(routes);
        PrintPeople.Map(routes);
    }
}
