namespace Muster.Server.Storage;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "Unit {Unit} failed and was undone")]
    public static partial void UnitFailed(ILogger log, string unit, Exception why);

    [LoggerMessage(1002, LogLevel.Critical, "A commit of {Units} units failed; all of them were undone")]
    public static partial void CommitFailed(ILogger log, int units, Exception why);

    [LoggerMessage(1003, LogLevel.Information, "Database brought from version {From} to {To}")]
    public static partial void Migrated(ILogger log, int from, int to);

    [LoggerMessage(1004, LogLevel.Warning, "The writer's connection to the database broke; a new one is taken")]
    public static partial void ConnectionReplaced(ILogger log, Exception why);

    [LoggerMessage(1005, LogLevel.Error, "A listener for commits failed; what was committed is kept")]
    public static partial void ListenerFailed(ILogger log, Exception why);
}
