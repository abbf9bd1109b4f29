namespace ScenarioHub.Demo;

/// <summary>
/// A seeded generator whose every draw depends only on its name, so that one more scenario or month changes none of the others.
/// SplitMix64 (Steele, Lea, Flood 2014); not for secrets.
/// </summary>
internal sealed class DemoRandom
{
    private ulong _state;

    public DemoRandom(string name)
    {
        _state = 14695981039346656037UL;   // FNV-1a over the name
        foreach (var c in name) _state = unchecked((_state ^ c) * 1099511628211UL);
    }

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Share()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return ((z ^ (z >> 31)) >> 11) / (double)(1UL << 53);
        }
    }

    /// <summary>Whole, both ends included.</summary>
    public int Between(int least, int most) => least + (int)(Share() * (most - least + 1));

    public bool Once(double chance) => Share() < chance;

    public T Of<T>(IReadOnlyList<T> choices) => choices[Between(0, choices.Count - 1)];

    public decimal Around(decimal middle, double spread) => Math.Round(middle * (decimal)(1 - spread + 2 * spread * Share()), 2);
}

/// <summary>The demo's clock: stands at the moment of the history that is being written, so that the past can be read as of then.</summary>
internal sealed class DemoClock : TimeProvider
{
    public DateTimeOffset At { get; set; } = new(2024, 10, 8, 1, 0, 0, TimeSpan.Zero);
    public override DateTimeOffset GetUtcNow() => At;
}
