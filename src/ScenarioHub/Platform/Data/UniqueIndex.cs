using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace ScenarioHub.Platform.Data;

/// <summary>Recognizes a write that a unique index turned down. Only that statement is undone; the transaction stands and may say why or try another value.</summary>
internal static class UniqueIndex
{
    public static bool RefusedIt(DbException error) => error switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY,
        SqlException server => server.Number is 2601 or 2627,
        _ => false
    };
}
