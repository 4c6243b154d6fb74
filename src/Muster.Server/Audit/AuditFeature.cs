using Muster.Server.Storage;

namespace Muster.Server.Audit;

internal static class AuditFeature
{
    public static void AddAudit(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTable(AuditTable.Map);
        builder.Services.AddSingleton(provider => new AuditSealKey(KeyFiles.Open(provider, "audit-seal.key")));
        builder.Services.AddSingleton<AuditTrail>();
    }
}
