using System.Globalization;
using Npgsql;

namespace Muster.Server.Storage;

/// <summary>Connection strings of PostgreSQL: what is wrong with one, and what we set whatever it says.</summary>
internal static class PostgreSqlConnections
{
    private const string Setting = "Storage:ConnectionString";

    /// <summary>The writer keeps one for itself; readers need another.</summary>
    private const int FewestConnections = 2;

    /// <summary>Never quotes the string: it may hold a password, and a misspelt one may hold it anywhere.</summary>
    public static IEnumerable<string> Problems(string text)
    {
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            return [$"{Setting} cannot be read; it looks like Host=…;Database=…;Username=…;Passfile=…"];
        }
        return Problems(parts);
    }

    private static IEnumerable<string> Problems(NpgsqlConnectionStringBuilder parts)
    {
        if (string.IsNullOrWhiteSpace(parts.Host))
            yield return $"{Setting} names no Host";
        if (string.IsNullOrWhiteSpace(parts.Database))
            yield return $"{Setting} names no Database";
        if (parts.MaxPoolSize < FewestConnections)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Setting}: Maximum Pool Size is {parts.MaxPoolSize}; the writer keeps one connection and readers need others: at least {FewestConnections}"
            );
        if (parts.Multiplexing)
            yield return $"{Setting}: Multiplexing cannot be used";
    }

    /// <summary>As the operator wrote it, but no text of errors or logs holds values of rows or the password.</summary>
    public static string ConnectionString(string text, bool pooling = true)
    {
        var parts = new NpgsqlConnectionStringBuilder(text)
        {
            IncludeErrorDetail = false,
            LogParameters = false,
            PersistSecurityInfo = false,
        };
        parts.ApplicationName ??= "muster";
        parts.Pooling &= pooling;
        return parts.ToString();
    }
}
