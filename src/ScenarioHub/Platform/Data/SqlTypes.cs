using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ScenarioHub.Platform.Data;

/// <summary>How C# values stand in the two engines: instants as UTC with milliseconds, dates as <c>yyyy-MM-dd</c> text on both.</summary>
internal static class SqlTypes
{
    private const string Instant = "yyyy-MM-ddTHH:mm:ss.fffZ";
    private static int _registered;

    public static void Register()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 1) return;
        // Dapper asks its own map first; a handler for a type it knows is only reached once the type is removed there.
        SqlMapper.RemoveTypeMap(typeof(DateTime));
        SqlMapper.RemoveTypeMap(typeof(DateTime?));
        SqlMapper.AddTypeHandler(new Instants());
        SqlMapper.AddTypeHandler(new Dates());
    }

    private sealed class Instants : SqlMapper.TypeHandler<DateTime>
    {
        public override void SetValue(IDbDataParameter parameter, DateTime value)
        {
            if (value.Kind == DateTimeKind.Local) throw new ArgumentException("Instants are UTC.");
            if (parameter is SqliteParameter) { parameter.DbType = DbType.String; parameter.Value = value.ToString(Instant, CultureInfo.InvariantCulture); }
            else { parameter.DbType = DbType.DateTime2; parameter.Value = value; }
        }

        public override DateTime Parse(object value) => value is string text
            ? DateTime.ParseExact(text, Instant, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal)
            : DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc);
    }

    private sealed class Dates : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = DbType.AnsiString;
            parameter.Value = value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        public override DateOnly Parse(object value) => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
