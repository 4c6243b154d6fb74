using Microsoft.Extensions.Options;
using Muster.Server.Storage;

namespace Muster.Server.Operator;

/// <summary>For verbs that only read, and may run beside the server: they find a database or say why not, and make none.</summary>
internal static class BesideServer
{
    /// <returns>Null where there is a database to be asked; else how the verb ends.</returns>
    public static int? Refusal(StorageOptions storage)
    {
        if (storage.Problems().ToList() is { Count: > 0 } problems)
            return Terminal.WrongSettings(problems);
        if (storage.ConnectionString.Length == 0 && !File.Exists(storage.DatabasePath))
            return Terminal.Fail(
                Terminal.Unreachable,
                VerbTexts.Get("doctor.no-database", storage.DatabasePath),
                VerbTexts.Get("doctor.no-database.hint")
            );
        return null;
    }

    /// <summary>With what the server would work with, and nothing of it running.</summary>
    /// <param name="path">Of the data folder.</param>
    public static async Task<int> AskAsync(string path, Func<IServiceProvider, Task<int>> ask)
    {
        path = Path.GetFullPath(path);
        var storage = Installation.Storage(path);
        if (Refusal(storage) is { } refused)
            return refused;
        try
        {
            await using var app = Program.Build(new Dictionary<string, string?> { ["Storage:DataFolder"] = path });
            return await ask(app.Services);
        }
        catch (OptionsValidationException wrong)
        {
            return Terminal.WrongSettings(wrong.Failures);
        }
        catch (Exception fault) when (DatabaseFaults.Is(fault))
        {
            return Terminal.Fail(DatabaseFaults.Of(fault, storage.Engine()));
        }
    }
}
