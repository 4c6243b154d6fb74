using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Muster.Server.Tests;

/// <summary>Looks into a server's database from outside.</summary>
internal static class Database
{
    /// <summary>The first value of the first row; empty when there is none. Values are named @0, @1 … in the question.</summary>
    public static string Read(string path, string sql, params string[] values)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of the tests
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"@{i}"), values[i]);
        return command.ExecuteScalar()?.ToString() ?? "";
    }
}
