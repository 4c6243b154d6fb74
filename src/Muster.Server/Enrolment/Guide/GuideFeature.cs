using Muster.Server.Storage;

namespace Muster.Server.Enrolment.Guide;

internal static class GuideFeature
{
    public static void AddGuide(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTable(GuideTable.Map);
        services.AddSingleton<VisitorFacts>();
        services.AddSingleton<GuideEdit>();
        services.AddSingleton<EditGuide.Loader>();
        services.AddSingleton<EditStep.Loader>();
    }

    public static void MapGuide(this IEndpointRouteBuilder routes)
    {
        ShowGuide.Map(routes);
        TickStep.Map(routes);
        EditGuide.Map(routes);
        EditStep.Map(routes);
        ArrangeSteps.Map(routes);
        GuideHistory.Map(routes);
    }
}
