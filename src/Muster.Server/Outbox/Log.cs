namespace Muster.Server.Outbox;

internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Warning, "Order {Order} of lane {Lane} failed at attempt {Attempt}; it will be tried again")]
    public static partial void OrderFailed(ILogger log, string lane, long order, int attempt, Exception why);

    [LoggerMessage(1102, LogLevel.Error, "Lane {Lane} could not be worked")]
    public static partial void LaneFailed(ILogger log, string lane, Exception why);

    [LoggerMessage(1103, LogLevel.Error, "Periodic work {Name} failed; it runs again at its next turn")]
    public static partial void PeriodicWorkFailed(ILogger log, string name, Exception why);
}
