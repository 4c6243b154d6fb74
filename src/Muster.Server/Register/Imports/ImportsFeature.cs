using Muster.Server.Storage;

namespace Muster.Server.Register.Imports;

internal static class ImportsFeature
{
    public static void AddImports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTable(ImportsTable.Map);
        builder.Services.AddSingleton<ImportPlans>();
        builder.Services.AddSingleton<ShowImport.Loader>();
    }

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        UploadImport.Map(routes);
        ShowImport.Map(routes);
        ApplyImport.Map(routes);
        CloseImport.Map(routes);
    }
}
