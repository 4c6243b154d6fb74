using System.CommandLine;
using Muster.Server.Audit;
using Muster.Server.Register.Institutes;
using Muster.Server.Web;

namespace Muster.Server.Operator;

/// <summary>Takes files into the database, whole or not at all. The server must not run meanwhile.</summary>
internal static class Import
{
    private const int ProblemsShown = 20;

    public static Command Verb()
    {
        var data = Verbs.DataOption("data");
        var file = new Argument<FileInfo>("file") { Description = VerbTexts.Get("import.file") };
        var ror = new Command("ror", VerbTexts.Get("import.ror")) { file, data };
        ror.SetAction((parsed, ct) => RorAsync(parsed.GetValue(data)!, parsed.GetValue(file)!, ct)); // required or with a default
        return new Command("import", VerbTexts.Get("import")) { ror };
    }

    private static async Task<int> RorAsync(string path, FileInfo file, CancellationToken ct)
    {
        if (!file.Exists)
            return Terminal.Fail(Terminal.Misuse, VerbTexts.Get("import.no-file", file.FullName), VerbTexts.Get("import.no-file.hint"));
        await using var content = file.OpenRead();
        var (records, problems) = await RorFile.ReadAsync(content, ct);
        if (problems.Count > 0)
        {
            foreach (var problem in problems.Take(ProblemsShown))
                Terminal.Say(VerbTexts.Get("import.problem", $"{problem.Line}", $"{problem.Column}", RefusalTexts.Sentence(problem.Why)));
            return Terminal.Fail(
                Terminal.Refused,
                VerbTexts.Get("import.refused", $"{problems.Count}"),
                VerbTexts.Get("import.refused.hint")
            );
        }
        try
        {
            using var folder = DataFolder.Open(path);
            await using var app = Program.Build(new Dictionary<string, string?> { ["Storage:DataFolder"] = folder.Path });
            var outcome = await new Offline(app).WriteAsync(
                async (db, audit, now, unit) =>
                {
                    var taken = await RorTable.TakeAsync(db, records, unit);
                    if (taken.Added + taken.Changed > 0)
                    {
                        var entry = new AuditEntry("ror.imported", Actor.Operator)
                        {
                            Details =
                            {
                                ["added"] = $"{taken.Added}",
                                ["changed"] = $"{taken.Changed}",
                                ["file"] = file.Name,
                            },
                        };
                        await audit.AppendAsync(db, entry, now, unit);
                        await db.SaveChangesAsync(unit);
                    }
                    return taken;
                },
                ct
            );
            Terminal.Say(VerbTexts.Get("import.ror.done", $"{outcome.Added}", $"{outcome.Changed}", $"{outcome.Same}"));
            return Terminal.Done;
        }
        catch (DataFolder.Unusable unusable)
        {
            return Terminal.Fail(Terminal.Refused, unusable.Message, unusable.Hint);
        }
    }
}
