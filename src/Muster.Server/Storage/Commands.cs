using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Muster.Server.Storage;

/// <summary>Statements that are better said than composed, on the connection and in the transaction of a context.</summary>
internal static class Commands
{
    /// <summary>For several statements, or one read to its end: the connection is open meanwhile, and let go of after.</summary>
    /// <param name="work">Begun again on a new connection where the one that it had was dead, outside a transaction (<see cref="AskAgain"/>).</param>
    public static Task<T> OnConnectionAsync<T>(this MusterDb db, Func<Task<T>> work, CancellationToken ct) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(work, (again, token) => OpenAsync(db, again, token), ct);

    private static async Task<T> OpenAsync<T>(MusterDb db, Func<Task<T>> work, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>The rows of one statement.</summary>
    /// <param name="values">In the order of <paramref name="names"/>.</param>
    public static Task<List<T>> ListAsync<T>(
        this MusterDb db,
        string sql,
        string[] names,
        Func<DbDataReader, T> read,
        CancellationToken ct,
        params object?[] values
    ) =>
        db.OnConnectionAsync(
            async () =>
            {
                await using var command = db.Command(sql, names);
                return await command.ListAsync(read, ct, values);
            },
            ct
        );

    /// <summary>Parameters are named as their place in <paramref name="names"/>; values are given at each run.</summary>
    public static DbCommand Command(this MusterDb db, string sql, params ReadOnlySpan<string> names)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // constants of the callers; values travel as parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var name in names)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    public static async Task<int> RunAsync(this DbCommand command, CancellationToken ct, params object?[] values)
    {
        Fill(command, values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task<List<T>> ListAsync<T>(
        this DbCommand command,
        Func<DbDataReader, T> read,
        CancellationToken ct,
        params object?[] values
    )
    {
        Fill(command, values);
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            rows.Add(read(reader));
        return rows;
    }

    private static void Fill(DbCommand command, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
