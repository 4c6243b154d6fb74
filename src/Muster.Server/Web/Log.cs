namespace Muster.Server.Web;

internal static partial class Log
{
    [LoggerMessage(1201, LogLevel.Information, "{Anchors} trust anchors from {Files} files")]
    public static partial void TrustLoaded(ILogger log, int anchors, int files);

    [LoggerMessage(1202, LogLevel.Warning, "Trust folder: {File}, line {Line}: {Code}")]
    public static partial void AnchorProblem(ILogger log, string file, int line, string code);

    [LoggerMessage(1204, LogLevel.Error, "A request ended in an error; reference {Reference}")]
    public static partial void RequestFailed(ILogger log, string reference, Exception why);

    [LoggerMessage(
        1205,
        LogLevel.Warning,
        "The TLS library here is not the one expected: a visitor with a proxy meets a closed connection"
    )]
    public static partial void ProxiesCloseConnections(ILogger log);

    [LoggerMessage(1206, LogLevel.Error, "The trust folder could not be read; what was read last stays in use")]
    public static partial void TrustNotRead(ILogger log, Exception why);
}
