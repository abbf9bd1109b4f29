using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace ScenarioHub.Platform.Data;

/// <summary>
/// Recognizes a command that only lost to another one: the server took it as the victim of a deadlock, or what it wanted to be first with was there already.
/// A timeout is not among them: whoever waits longer only makes the queue longer.
/// </summary>
internal static class LostRace
{
    private const int DeadlockVictim = 1205;

    public static bool Is(DbException error) => UniqueIndex.RefusedIt(error) || error is SqlException { Number: DeadlockVictim };
}
