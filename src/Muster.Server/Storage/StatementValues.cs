using System.Data.Common;
using System.Globalization;

namespace Muster.Server.Storage;

/// <summary>The values of a statement that is put together piece by piece: each travels as a parameter and is named as it is added.</summary>
internal sealed class StatementValues
{
    private readonly List<string> names = [];
    private readonly List<object?> values = [];

    /// <returns>The name that stands for it in the statement.</returns>
    public string Add(object? value)
    {
        names.Add(string.Create(CultureInfo.InvariantCulture, $"@p{names.Count}"));
        values.Add(value);
        return names[^1];
    }

    /// <returns>The names with commas between them.</returns>
    public string AddAll(IEnumerable<object> some) => string.Join(", ", some.Select(Add));

    /// <summary>The rows of the statement.</summary>
    public Task<List<T>> ListAsync<T>(MusterDb db, string sql, Func<DbDataReader, T> read, CancellationToken ct) =>
        db.ListAsync(sql, [.. names], read, ct, [.. values]);
}
