namespace Muster.Server.Register.Expiry;

internal static partial class Log
{
    [LoggerMessage(
        1401,
        LogLevel.Error,
        "Account {Account} could not be compared with its memberships; it is tried again at the next turn"
    )]
    public static partial void AccountNotFollowed(ILogger log, Guid account, Exception why);

    [LoggerMessage(
        1402,
        LogLevel.Error,
        "Who speaks for institute {Institute} could not be told of ends; it is tried again at the next turn"
    )]
    public static partial void SpeakersNotTold(ILogger log, Guid institute, Exception why);
}
