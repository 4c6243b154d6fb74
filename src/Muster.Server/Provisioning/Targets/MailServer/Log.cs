namespace Muster.Server.Provisioning.Targets.MailServer;

internal static partial class Log
{
    [LoggerMessage(1901, LogLevel.Information, "The table for the mail server was written to {File}")]
    public static partial void TableWritten(ILogger log, string file);

    [LoggerMessage(1902, LogLevel.Error, "The table for the mail server could not be written to {File}; it is tried again")]
    public static partial void TableFailed(ILogger log, string file, Exception why);
}
