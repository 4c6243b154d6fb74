using Muster.Server.Storage;

namespace Muster.Server.Register.Institutes;

internal static class InstitutesFeature
{
    public static void AddInstitutes(this IHostApplicationBuilder builder) => builder.Services.AddTable(InstitutesTable.Map);
}
