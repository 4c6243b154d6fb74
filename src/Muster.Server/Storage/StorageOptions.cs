namespace Muster.Server.Storage;

/// <summary>Where everything of this installation lives.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The folder with database, keys and mail; made when absent, readable by the owner only.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Of a PostgreSQL database. Empty: SQLite, in the data folder.</summary>
    public string ConnectionString { get; set; } = "";

    public string DatabasePath => Path.Combine(DataFolder, "muster.db");

    public string KeysFolder => Path.Combine(DataFolder, "keys");

    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(DataFolder))
            yield return "Storage:DataFolder is empty";
        if (ConnectionString.Length > 0)
            foreach (var problem in PostgreSqlConnections.Problems(ConnectionString))
                yield return problem;
    }
}
