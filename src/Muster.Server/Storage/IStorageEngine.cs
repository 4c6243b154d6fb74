using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Muster.Server.Storage;

/// <summary>What differs between the engines. Mapping, queries and slices are the same on all of them.</summary>
/// <remarks>Choice (0008): two engines, one mapping.</remarks>
internal interface IStorageEngine
{
    /// <summary>The folder of its scripts under <c>Migrations</c>.</summary>
    string Scripts { get; }

    /// <summary>Where the database is, for people; never holds a password.</summary>
    string Place { get; }

    /// <summary>Under this level a transaction that only reads sees one moment, and nobody waits for it.</summary>
    IsolationLevel Snapshot { get; }

    void Use(DbContextOptionsBuilder options);

    /// <summary>A connection outside the pool, for what is done once.</summary>
    DbConnection Open();

    /// <summary>A transaction beside which nobody else writes, in this process or another.</summary>
    DbTransaction BeginAlone(DbConnection connection);

    /// <summary>Called first in every transaction that writes; answers once nobody else is writing.</summary>
    Task WaitForTurnAsync(MusterDb db, CancellationToken ct);

    /// <summary>The schema version that the database holds; 0 when it holds nothing.</summary>
    /// <exception cref="UnfitDatabaseException">It holds something else, or cannot hold what we write.</exception>
    int Version(DbConnection connection);

    void SetVersion(DbConnection connection, int version);
}

/// <summary>The database is there and answers, and cannot be ours.</summary>
/// <param name="why">Key of the sentence: <c>foreign</c> or <c>encoding</c>.</param>
internal sealed class UnfitDatabaseException(string why) : Exception($"The database cannot be used: {why}.")
{
    public string Why { get; } = why;
}

internal static class StorageEngines
{
    public static IStorageEngine Engine(this StorageOptions storage) =>
        storage.ConnectionString.Length == 0 ? new SqliteEngine(storage.DatabasePath) : new PostgreSqlEngine(storage.ConnectionString);

    /// <summary>The transaction in which to write: what is loaded in it stays true until it commits.</summary>
    public static async Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> BeginWritingAsync(
        this IStorageEngine engine,
        MusterDb db,
        CancellationToken ct
    )
    {
        // Read committed: where a turn is waited for, every question afterwards sees what the one before has left.
        var transaction = await db.Database.BeginTransactionAsync(ct);
        try
        {
            await engine.WaitForTurnAsync(db, ct);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    public static object? Ask(this DbConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        return command.ExecuteScalar();
    }

    public static void Run(this DbConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        command.ExecuteNonQuery();
    }

    private static DbCommand Command(this DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // our own scripts and constants
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
