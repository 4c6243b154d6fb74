using System.CommandLine;
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
        return new Command("doctor", VerbTexts.Get("doctor")) { audit, DoctorTrust.Verb(), DoctorCertificate.Verb() };
    }

    private static async Task<int> AuditAsync(string path, CancellationToken ct)
    {
        var database = Path.GetFullPath(Path.Combine(path, "muster.db"));
        if (!File.Exists(database))
            return Terminal.Fail(
                Terminal.Unreachable,
                VerbTexts.Get("doctor.no-database", database),
                VerbTexts.Get("doctor.no-database.hint")
            );
        var keys = Path.Combine(Path.GetFullPath(path), "keys");
        if (!File.Exists(Path.Combine(keys, "audit-seal.key")))
            return Terminal.Fail(Terminal.Unreachable, VerbTexts.Get("doctor.no-key", keys), VerbTexts.Get("doctor.no-key.hint"));

        var services = new ServiceCollection();
        services.AddSingleton<TableMappings>();
        services.AddTable(AuditTable.Map);
        services.AddDbContext<MusterDb>(o =>
            o.UseSqlite($"Data Source={database};Mode=ReadWrite").AddInterceptors(new SqliteConnections())
        );
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MusterDb>();
        // One transaction, so that a server that writes meanwhile does not look like a break.
        await using var reading = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadUncommitted, ct);
        var found = await new AuditTrail(new AuditSealKey(KeyFiles.Open(keys, "audit-seal.key"))).VerifyAsync(db, ct);
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
