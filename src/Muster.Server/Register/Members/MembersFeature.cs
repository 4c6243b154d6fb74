using Muster.Server.Storage;

namespace Muster.Server.Register.Members;

internal static class MembersFeature
{
    public static void AddMembers(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTable(MembersTable.Map);
        builder.Services.AddSingleton<NoteRenewal>();
    }
}
