using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Server.Register.Addresses;
using Muster.Server.Storage;

namespace Muster.Server.Operator;

/// <summary>Names mailboxes on record that are said to lie in the collaboration's own domain: mail to them would go in a circle.</summary>
internal static class DoctorAddresses
{
    public static Command Verb()
    {
        var data = Verbs.DataOption("data");
        var verb = new Command("addresses", VerbTexts.Get("doctor.addresses")) { data };
        verb.SetAction((parsed, ct) => BesideServer.AskAsync(parsed.GetValue(data)!, services => NameAsync(services, ct))); // has a default
        return verb;
    }

    private static async Task<int> NameAsync(IServiceProvider services, CancellationToken ct)
    {
        var options = services.GetRequiredService<IOptions<AddressesOptions>>().Value;
        if (!options.GivesAddresses)
            return Terminal.Fail(Terminal.Refused, VerbTexts.Get("export.no-domain"), VerbTexts.Get("export.no-domain.hint"));
        await using var db = await services.GetRequiredService<IDbContextFactory<MusterDb>>().CreateDbContextAsync(ct);
        var circular = await db.OwnDomainEmailsAsync(options.AsciiDomain, ct);
        foreach (var email in circular)
            Console.WriteLine($"{email.MemberId}  {email.Address}");
        return circular.Count == 0
            ? Terminal.Done
            : Terminal.Fail(
                Terminal.Refused,
                VerbTexts.Get("doctor.addresses.circular", circular.Count, options.Domain),
                VerbTexts.Get("doctor.addresses.hint")
            );
    }
}
