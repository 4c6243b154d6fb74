using System.Diagnostics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Muster.Core.Imports;
using Muster.Core.Institutes;
using Muster.Core.Members;
using Muster.Core.Tables;
using Muster.Server.Audit;
using Muster.Server.Operator;
using Muster.Server.Register.Addresses;
using Muster.Server.Register.Imports;
using Muster.Server.Storage;

namespace Muster.Bench;

/// <summary>A register of 10,000 members and a file of all of them: the dry run with its differences, and what it takes to do them.</summary>
internal static class Imports
{
    private const int Members = 10_000;
    private const int DemoMembers = 1_000;
    private const int Rounds = 5;

    /// <summary>One member in so many is changed by the file.</summary>
    private const int Every = 10;

    public static async Task RunAsync()
    {
        await using var site = await Site.MakeAsync(Applicants.List(Members - DemoMembers));
        await using var app = Server.Program.Build(
            new Dictionary<string, string?>
            {
                ["Storage:DataFolder"] = site.Folder,
                ["Portal:TlsCertificate"] = site.Authority.ServerCertificatePath,
                ["Portal:TlsKey"] = site.Authority.ServerKeyPath,
            }
        );
        var plans = app.Services.GetRequiredService<ImportPlans>();
        var contexts = app.Services.GetRequiredService<IDbContextFactory<MusterDb>>();
        var changes = await FileAsync(contexts);
        ImportPlan? plan = null;
        var looks = new List<double>();
        var used = Environment.CpuUsage.TotalTime;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await using var db = await contexts.CreateDbContextAsync();
            plan = await plans.LookAsync(db, changes, ImportMode.WholeList, CancellationToken.None);
            looks.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var each = (Environment.CpuUsage.TotalTime - used) / Rounds;
        if (plan is not { Problems.Count: 0, Counts: { Changed: > 500, Left: 0 } })
            throw new InvalidOperationException(
                $"The plan is another than it should be: {plan?.Counts}, {(plan is { Problems: [var first, ..] } ? first : null)}"
            );
        var applied = await ApplyAsync(app.Services, plan);
        var seen = new Spread(looks);
        Program.Say(
            $"import: {Members:N0} members and a file of all of them ({changes.Length / 1024:N0} KiB) compared in {seen.Median:F0} ms (slowest {seen.At(1):F0}, {each.TotalMilliseconds:F0} ms of CPU), {plan.Counts.Changed:N0} changes applied in {applied.Took:F0} ms ({applied.Cpu:F0} ms of CPU)"
        );

        var people = await PlanOfNewAsync(contexts, plans);
        var entered = await ApplyAsync(app.Services, people);
        Program.Say($"import: {people.Counts.Entered:N0} new people entered in {entered.Took:F0} ms ({entered.Cpu:F0} ms of CPU)");
    }

    private static async Task<(double Took, double Cpu)> ApplyAsync(IServiceProvider services, ImportPlan plan)
    {
        var work = new ImportWork(services.GetRequiredService<AuditTrail>(), services.GetRequiredService<AddressGiving>());
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await services
            .GetRequiredService<Writer>()
            .WriteAsync(
                "bench",
                async (db, ct) =>
                {
                    var now = TimeProvider.System.GetUtcNow();
                    var id = Guid.CreateVersion7(now);
                    db.Add(new ImportBatch(id, "bench.csv", "", [], ImportMode.WholeList, "bench", now));
                    await db.SaveChangesAsync(ct);
                    await work.CarryOutAsync(
                        db,
                        id,
                        plan,
                        (step, member) =>
                            new AuditEntry(ApplyImport.PersonAction, Actor.Operator)
                            {
                                MemberId = member,
                                Details = { ["what"] = ImportWords.Of(step) },
                            },
                        now,
                        ct
                    );
                    return true;
                },
                CancellationToken.None
            );
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
    }

    /// <summary>Everybody as an export has them; every tenth works half of the time.</summary>
    private static async Task<byte[]> FileAsync(IDbContextFactory<MusterDb> contexts)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var present = new PresentRegister([], await db.Set<Institute>().ToListAsync());
        var csv = new StringBuilder();
        CsvText.AppendRow(csv, ImportFields.All.Select(f => f.Name()));
        var number = 0;
        foreach (var member in await db.Set<Member>().OrderBy(m => m.SortKey).ToListAsync())
        foreach (var membership in member.Memberships)
        {
            var cells = ImportRow.Of(member, membership, present.NameOf(membership.InstituteId)).ToArray();
            if (++number % Every == 0)
                cells[(int)ImportField.Percent] = "50";
            CsvText.AppendRow(csv, cells);
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    /// <summary>As many again whom nobody knows, with names that are new to the search.</summary>
    private static async Task<ImportPlan> PlanOfNewAsync(IDbContextFactory<MusterDb> contexts, ImportPlans plans)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var institute = await db.Set<Institute>().Select(i => i.ShortName).FirstAsync();
        var csv = new StringBuilder("given,family,email,institute,position,from\r\n");
        foreach (var (_, email, given, family) in Applicants.List(Members))
            CsvText.AppendRow(csv, [$"{given}q", $"{family}qu", "new." + email, institute, "staff", "2026-01-01"]);
        return await plans.LookAsync(db, Encoding.UTF8.GetBytes(csv.ToString()), ImportMode.Changes, CancellationToken.None);
    }
}
