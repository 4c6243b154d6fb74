namespace Muster.Server.Trust;

internal static partial class Log
{
    [LoggerMessage(1301, LogLevel.Information, "A new list of revoked certificates of {Authority} from {Url}")]
    public static partial void ListFetched(ILogger log, string authority, Uri url);

    [LoggerMessage(1302, LogLevel.Warning, "No list of revoked certificates by {File}: {Code}")]
    public static partial void ListNotFetched(ILogger log, string file, string code);
}
