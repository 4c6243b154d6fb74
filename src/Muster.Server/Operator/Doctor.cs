using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Muster.Server.Audit;
using Muster.Server.Storage;

namespace Muster.Server.Operator;

/// <summary>Looks at an installation and says what is wrong. Reads only; may run beside the server.</summary>
internal static class Doctor
{
    public static Command Verb()
    {
        var data = Verbs.DataOption("data");
        var audit = new Command("audit", VerbTexts.Get("doctor.audit")) { data };
        audit.SetAction((parsed, ct) => AuditAsync(parsed.GetValue(data)!, ct)); // has a default
        Command[] readers = [DoctorTrust.Verb(), DoctorCertificate.Verb()];
        foreach (var reader in readers)
            SayWhatIsDenied(reader);
        return new Command("doctor", VerbTexts.Get("doctor")) { audit, readers[0], readers[1], DoctorAddresses.Verb() };
    }

    /// <summary>Both read the trust folder, which belongs to somebody else.</summary>
    private static void SayWhatIsDenied(Command reader)
    {
        var look = (SynchronousCommandLineAction)reader.Action!; // both look without waiting
        reader.SetAction(parsed =>
        {
            try
            {
                return look.Invoke(parsed);
            }
            catch (UnauthorizedAccessException denied)
            {
                return Terminal.Fail(
                    Terminal.Unreachable,
                    VerbTexts.Get("doctor.denied", denied.Message),
                    VerbTexts.Get("doctor.denied.hint")
                );
            }
        });
    }

    private static async Task<int> AuditAsync(string path, CancellationToken ct)
    {
        var storage = Installation.Storage(Path.GetFullPath(path));
        if (BesideServer.Refusal(storage) is { } refused)
            return refused;
        if (!File.Exists(Path.Combine(storage.KeysFolder, "audit-seal.key")))
            return Terminal.Fail(
                Terminal.Unreachable,
                VerbTexts.Get("doctor.no-key", storage.KeysFolder),
                VerbTexts.Get("doctor.no-key.hint")
            );
        var engine = storage.Engine();
        try
        {
            return await AuditAsync(engine, KeyFiles.Open(storage.KeysFolder, "audit-seal.key"), ct);
        }
        catch (DbException fault)
        {
            return Terminal.Fail(DatabaseFaults.Of(fault, engine));
        }
    }

    private static async Task<int> AuditAsync(IStorageEngine engine, byte[] sealKey, CancellationToken ct)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TableMappings>();
        services.AddTable(AuditTable.Map);
        services.AddDbContext<MusterDb>(engine.Use);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MusterDb>();
        // One transaction, so that a server that writes meanwhile does not look like a break.
        await using var reading = await db.Database.BeginTransactionAsync(engine.Snapshot, ct);
        var found = await new AuditTrail(new AuditSealKey(sealKey)).VerifyAsync(db, ct);
        if (found is null)
        {
            Console.WriteLine(VerbTexts.Get("doctor.audit.holds", await db.Set<AuditRecord>().CountAsync(ct)));
            return Terminal.Done;
        }
        return Terminal.Fail(
            Terminal.Refused,
            VerbTexts.Get("doctor.audit.broken", found.Sequence, VerbTexts.Get("doctor.audit." + found.Kind)),
            VerbTexts.Get("doctor.audit.hint")
        );
    }
}
