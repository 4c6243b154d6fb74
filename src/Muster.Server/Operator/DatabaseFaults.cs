using System.Data.Common;
using Microsoft.Data.Sqlite;
using Muster.Server.Storage;
using Npgsql;

namespace Muster.Server.Operator;

/// <summary>Why a database cannot be used, and what to do, as the verbs say it.</summary>
internal static class DatabaseFaults
{
    /// <summary>States in which the server lets nobody in: of the connection, of the sign-in, no such database, too many, not ready.</summary>
    private static readonly string[] KeepsOut = ["08", "28", "3D", "53", "57"];

    public static bool Is(Exception why) => why is Migrator.NewerDatabaseException or UnfitDatabaseException or DbException;

    public static DataFolder.Unusable Of(Exception why, IStorageEngine engine) =>
        why switch
        {
            Migrator.NewerDatabaseException newer => Refused("newer", newer.Found, newer.Known),
            UnfitDatabaseException { Why: "encoding" } => Refused("encoding", engine.Place),
            UnfitDatabaseException => Refused("foreign", engine.Place),
            SqliteException broken => Refused("broken", engine.Place, broken.SqliteErrorCode),
            PostgresException told when !KeepsOut.Contains(told.SqlState[..2]) => Refused("refuses", engine.Place, told.MessageText),
            PostgresException told => Unreachable(engine, told.MessageText),
            _ => Unreachable(engine, why.InnerException is { } deeper ? deeper.Message : why.Message),
        };

    private static DataFolder.Unusable Unreachable(IStorageEngine engine, string why) =>
        new(Terminal.Unreachable, VerbTexts.Get("database.unreachable", engine.Place, why), VerbTexts.Get("database.unreachable.hint"));

    private static DataFolder.Unusable Refused(string why, params object[] values) =>
        new(Terminal.Refused, VerbTexts.Get("database." + why, values), VerbTexts.Get($"database.{why}.hint"));
}
