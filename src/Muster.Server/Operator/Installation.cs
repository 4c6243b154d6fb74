using Microsoft.Extensions.Logging.Console;
using Muster.Server.Storage;

namespace Muster.Server.Operator;

/// <summary>Where settings come from, weakest first: <c>muster.json</c> in the data folder, environment (<c>MUSTER_…</c>), the command.</summary>
internal static class Installation
{
    public const string SettingsFile = "muster.json";

    public static void AddInstallation(this ConfigurationManager configuration, IReadOnlyDictionary<string, string?> settings)
    {
        if (settings.TryGetValue("Storage:DataFolder", out var folder) && folder is { Length: > 0 })
            configuration.AddJsonFile(Path.GetFullPath(Path.Combine(folder, SettingsFile)), optional: true, reloadOnChange: false);
        configuration.AddEnvironmentVariables("MUSTER_");
        configuration.AddInMemoryCollection(settings);
    }

    /// <summary>Where the installation in this folder keeps its data; for what happens before a server is built, or without one.</summary>
    public static StorageOptions Storage(string folder, IReadOnlyDictionary<string, string?>? settings = null)
    {
        using var configuration = new ConfigurationManager();
        configuration.AddInstallation(
            new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>(), StringComparer.Ordinal)
            {
                ["Storage:DataFolder"] = folder,
            }
        );
        var storage = new StorageOptions();
        configuration.GetSection(StorageOptions.Section).Bind(storage);
        return storage;
    }

    /// <summary>One line per event on standard error; the platform's own chatter (which holds addresses of pages) only when it warns.</summary>
    public static void AddOperatorLogs(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            o.UseUtcTimestamp = true;
            o.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // It says for every page with a form that the page is not to be cached, which the headers say already.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
        logging.AddFilter("Npgsql", LogLevel.Error);
    }
}
