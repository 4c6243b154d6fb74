namespace Muster.Core.AuthorLists;

/// <summary>The words of the author.xml description for each connection; the title page uses the same.</summary>
internal static class ConnectionWords
{
    public static string Words(this Connection connection) =>
        connection switch
        {
            Connection.AffiliatedWith => "Affiliated with",
            Connection.AlsoAt => "Also at",
            Connection.OnLeaveFrom => "On leave from",
            Connection.Visitor => "Visitor",
            _ => throw new ArgumentOutOfRangeException(nameof(connection)),
        };

    /// <summary>What stands before the name of the organisation on the title page; empty for where one simply is.</summary>
    public static string Before(this Connection connection) =>
        connection switch
        {
            Connection.AffiliatedWith => "",
            Connection.Visitor => "Visitor at ",
            _ => connection.Words() + " ",
        };
}
