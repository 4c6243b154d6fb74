using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Muster.Server.Tests;

/// <summary>Looks into a server's database from outside.</summary>
internal static class Database
{
    /// <summary>The first value of the first row of a file's database; empty when there is none.</summary>
    public static string Read(string path, string sql, params string[] values)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return Read(connection, sql, values);
    }

    /// <summary>The same on any engine: yes and no are 1 and 0, days are in ISO form. Values are named @0, @1 … in the question.</summary>
    public static string Read(DbConnection connection, string sql, params string[] values)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of the tests
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
        {
            var value = command.CreateParameter();
            value.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@{i}");
            value.Value =
                Guid.TryParseExact(values[i], "D", out var id) ? id
                : DateOnly.TryParseExact(values[i], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
                : values[i];
            command.Parameters.Add(value);
        }
        return command.ExecuteScalar() switch
        {
            bool yes => yes ? "1" : "0",
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
        };
    }
}
