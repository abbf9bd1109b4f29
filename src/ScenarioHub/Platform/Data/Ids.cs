namespace ScenarioHub.Platform.Data;

/// <summary>A run of ids, first inclusive, end exclusive.</summary>
internal struct IdRange(long first, long end)
{
    private long _next = first;

    public bool TryTake(out long id)
    {
        id = _next;
        if (_next >= end) return false;
        _next++;
        return true;
    }
}

/// <summary>
/// Ids in blocks (hi/lo): the database hands out a block, the process counts through it, so inserts are set-based on both engines.
/// A block lost in a crash leaves a gap and nothing else.
/// </summary>
public sealed class Ids : IDisposable
{
    public const int BlockSize = 1000;
    private const int Low = 20;
    private readonly SemaphoreSlim _refill = new(1, 1);
    private readonly Lock _lock = new();
    private long _next, _end;

    /// <summary>True when a command is better off asking for a block before its transaction than within it.</summary>
    public bool IsLow { get { lock (_lock) return _end - _next < Low; } }

    public bool TryTake(out long id)
    {
        lock (_lock)
        {
            id = _next;
            if (_next >= _end) return false;
            _next++;
            return true;
        }
    }

    public void Dispose() => _refill.Dispose();

    internal async Task<long> Refill(Func<Task<long>> takeBlock, CancellationToken ct)
    {
        await _refill.WaitAsync(ct);
        try
        {
            if (TryTake(out var id)) return id;
            var first = await takeBlock();
            lock (_lock) (_next, _end) = (first + 1, first + BlockSize);
            return first;
        }
        finally { _refill.Release(); }
    }
}
