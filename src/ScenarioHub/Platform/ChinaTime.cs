namespace ScenarioHub.Platform;

/// <summary>Days and months are those of Beijing (UTC+8, no summer time since 1992): "not after today" is asked by people there, and until 8 in the morning UTC still has yesterday.</summary>
internal static class ChinaTime
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly Today(this TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(Offset).DateTime);
}
