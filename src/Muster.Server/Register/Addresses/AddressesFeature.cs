using Muster.Server.Outbox;
using Muster.Server.Storage;

namespace Muster.Server.Register.Addresses;

internal static class AddressesFeature
{
    public static void AddAddresses(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddTable(AddressesTable.Map);
        services.AddCheckedOptions<AddressesOptions>(AddressesOptions.Section, o => o.Problems());
        services.AddSingleton<AddressGiving>();
        services.AddSingleton<MyAddresses.Loader>();
        services.AddSingleton<AddressParts>();
        services.AddSingleton<MailTableWords>();
        services.AddSingleton(new PeriodicWork(nameof(PrimaryWork), PrimaryWork.Every, PrimaryWork.RunAsync));
        services.AddSingleton(new PeriodicWork("TidyAddresses", PrimaryWork.TidyEvery, PrimaryWork.TidyAsync));
    }

    public static void MapAddresses(this IEndpointRouteBuilder routes)
    {
        MyAddresses.Map(routes);
        AddAddress.Map(routes);
        RemoveAddress.Map(routes);
        ChangePrimary.Map(routes);
        ConfirmAddress.Map(routes);
        AnswerChange.Map(routes);
        ChangeAliases.Map(routes);
        GiveAddresses.Map(routes);
        MailTable.Map(routes);
    }
}
