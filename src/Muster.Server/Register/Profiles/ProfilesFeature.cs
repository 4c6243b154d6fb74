using Muster.Server.Storage;

namespace Muster.Server.Register.Profiles;

internal static class ProfilesFeature
{
    public static void AddProfiles(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTable(ProfilesTable.Map);
    }

    public static void MapProfiles(this IEndpointRouteBuilder routes)
    {
        FindMembers.Map(routes);
        ShowMember.Map(routes);
        ChangeContact.Map(routes);
        SetPrivacy.Map(routes);
        ChoosePrivacy.Map(routes);
        ShowLooks.Map(routes);
    }
}
