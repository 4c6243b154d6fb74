namespace Muster.Server.Register.Addresses;

internal static partial class Log
{
    [LoggerMessage(1501, LogLevel.Error, "The change {Change} of a primary address could not be ended; it is tried again at the next turn")]
    public static partial void ChangeFailed(ILogger log, Guid change, Exception why);
}
