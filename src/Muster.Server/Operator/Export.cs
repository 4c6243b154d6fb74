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
        aliases.SetAction((parsed, ct) => AliasesAsync(parsed.GetValue(data)!, parsed.GetValue(file), ct)); // has a default
        return new Command("export", VerbTexts.Get("export")) { aliases };
    }

    private static async Task<int> AliasesAsync(string path, FileInfo? file, CancellationToken ct)
    {
        path = Path.GetFullPath(path);
        var storage = Installation.Storage(path);
        if (storage.Problems().ToList() is { Count: > 0 } problems)
            return Terminal.WrongSettings(problems);
        if (storage.ConnectionString.Length == 0 && !File.Exists(storage.DatabasePath))
            return Terminal.Fail(
                Terminal.Unreachable,
                VerbTexts.Get("doctor.no-database", storage.DatabasePath),
                VerbTexts.Get("doctor.no-database.hint")
            );
        var engine = storage.Engine();
        try
        {
            await using var app = Program.Build(new Dictionary<string, string?> { ["Storage:DataFolder"] = path });
            var options = app.Services.GetRequiredService<IOptions<AddressesOptions>>().Value;
            if (!options.GivesAddresses)
                return Terminal.Fail(Terminal.Refused, VerbTexts.Get("export.no-domain"), VerbTexts.Get("export.no-domain.hint"));
            await using var db = await app.Services.GetRequiredService<IDbContextFactory<MusterDb>>().CreateDbContextAsync(ct);
            var today = DateOnly.FromDateTime(app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
            var table = await db.MailTableAsync(options, app.Services.GetRequiredService<MailTableWords>().Comment, today, ct);
            if (file is null)
                await Console.Out.WriteAsync(table);
            else
                WholeFile.Write(file.FullName, table);
            return Terminal.Done;
        }
        catch (OptionsValidationException wrong)
        {
            return Terminal.WrongSettings(wrong.Failures);
        }
        catch (Exception fault) when (DatabaseFaults.Is(fault))
        {
            return Terminal.Fail(DatabaseFaults.Of(fault, engine));
        }
    }
}
