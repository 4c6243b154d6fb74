using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Muster.Server.Register.Addresses;
using Muster.Server.Storage;

namespace Muster.Server.Operator;

/// <summary>Writes what other systems read. Reads only; may run beside the server.</summary>
internal static class Export
{
    public static Command Verb()
    {
        var data = Verbs.DataOption("data");
        var file = new Option<FileInfo?>("--out") { Description = VerbTexts.Get("export.out") };
        var aliases = new Command("virtual-aliases", VerbTexts.Get("export.virtual-aliases")) { data, file };
        aliases.SetAction(
            (parsed, ct) => BesideServer.AskAsync(parsed.GetValue(data)!, services => AliasesAsync(services, parsed.GetValue(file), ct)) // has a default
        );
        return new Command("export", VerbTexts.Get("export")) { aliases };
    }

    private static async Task<int> AliasesAsync(IServiceProvider services, FileInfo? file, CancellationToken ct)
    {
        var options = services.GetRequiredService<IOptions<AddressesOptions>>().Value;
        if (!options.GivesAddresses)
            return Terminal.Fail(Terminal.Refused, VerbTexts.Get("export.no-domain"), VerbTexts.Get("export.no-domain.hint"));
        await using var db = await services.GetRequiredService<IDbContextFactory<MusterDb>>().CreateDbContextAsync(ct);
        var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var table = await db.MailTableAsync(options, services.GetRequiredService<MailTableWords>().Comment, today, ct);
        if (file is null)
            await Console.Out.WriteAsync(table);
        else
            WholeFile.Write(file.FullName, table);
        return Terminal.Done;
    }
}
