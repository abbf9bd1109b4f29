using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ScenarioHub.Platform.Data;

/// <summary>How C# values stand in the two engines: instants as UTC with milliseconds, dates as <c>yyyy-MM-dd</c> text on both.</summary>
internal static class SqlTypes
{
    private const string Instant = "yyyy-MM-ddTHH:mm:ss.fffZ", Day = "yyyy-MM-dd";
    private static int _registered;

    public static void Register()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 1) return;
        // Dapper asks its own map first; a handler for a type it knows is only reached once the type is removed there.
        SqlMapper.RemoveTypeMap(typeof(DateTime));
        SqlMapper.RemoveTypeMap(typeof(DateTime?));
        SqlMapper.RemoveTypeMap(typeof(DateOnly));
        SqlMapper.RemoveTypeMap(typeof(DateOnly?));
        SqlMapper.AddTypeHandler(new Instants());
        SqlMapper.AddTypeHandler(new Dates());
    }

    /// <summary>A value of a row as the engine keeps it.</summary>
    public static object Of(object? value, Dialect dialect) => value switch
    {
        null => DBNull.Value,
        DateTime { Kind: DateTimeKind.Local } => throw new ArgumentException("Instants are UTC."),
        DateTime at when dialect == Dialect.Sqlite => at.ToString(Instant, CultureInfo.InvariantCulture),
        // datetime2(3) would round, text is cut: an instant must be the same on both.
        DateTime at => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond)),
        DateOnly day => day.ToString(Day, CultureInfo.InvariantCulture),
        _ => value
    };

    private sealed class Instants : SqlMapper.TypeHandler<DateTime>
    {
        public override void SetValue(IDbDataParameter parameter, DateTime value)
        {
            var dialect = parameter is SqliteParameter ? Dialect.Sqlite : Dialect.SqlServer;
            parameter.DbType = dialect == Dialect.Sqlite ? DbType.String : DbType.DateTime2;
            parameter.Value = Of(value, dialect);
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
            parameter.Value = value.ToString(Day, CultureInfo.InvariantCulture);
        }

        public override DateOnly Parse(object value) => DateOnly.ParseExact((string)value, Day, CultureInfo.InvariantCulture);
    }
}
