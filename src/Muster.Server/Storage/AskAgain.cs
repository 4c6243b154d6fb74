using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Muster.Server.Storage;

/// <summary>
/// After a restart of the database every pooled connection is dead and does not know it. A question that meets one is asked once more
/// on a new connection. Only a question: within a transaction it is the writer who knows what has been done. And only where the connection is
/// lost: what took too long, or was refused by a server that has too much to do, would be twice as much.
/// </summary>
internal sealed class AskAgain(ExecutionStrategyDependencies dependencies)
    : ExecutionStrategy(dependencies, maxRetryCount: 1, maxRetryDelay: TimeSpan.Zero)
{
    /// <summary>
    /// For the mapper, which would else keep every answer whole in memory before it hands out the first row. Nothing is asked again
    /// once a row was handed out, so there is no need.
    /// </summary>
    public override bool RetriesOnFailure => false;

    private DatabaseFacade Database => Dependencies.CurrentContext.Context.Database;

    protected override bool ShouldRetryOn(Exception exception) =>
        Database.CurrentTransaction is null && exception is NpgsqlException fault && IsLost(fault);

    private static bool IsLost(NpgsqlException fault) =>
        fault is PostgresException told
            ? told.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            : fault.InnerException is IOException or SocketException;

    protected override void OnRetry()
    {
        if (Database.GetDbConnection() is NpgsqlConnection connection)
            NpgsqlConnection.ClearPool(connection);
    }
}
