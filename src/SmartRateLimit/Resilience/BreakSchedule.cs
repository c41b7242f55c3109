using System.Security.Cryptography;

namespace SmartRateLimit.Resilience;

/// <summary>How long the breaks of a circuit are: doubling while probes fail, shortened at random. Its owner calls it under a lock.</summary>
internal sealed class BreakSchedule
{
    private const int Grain = 1 << 16;

    private readonly long _longest;
    private readonly double _jitter;
    private long _next;

    public BreakSchedule(CircuitBreakerOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.BreakDuration, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBreakDuration, options.BreakDuration, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Jitter, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Jitter, 1, nameof(options));
        Shortest = options.BreakDuration.Ticks;
        _longest = options.MaxBreakDuration.Ticks;
        _jitter = options.Jitter;
        _next = Shortest;
    }

    /// <summary>The first break, before it is shortened, in ticks.</summary>
    public long Shortest { get; }

    public void Restart() => _next = Shortest;

    /// <summary>The length of a break that begins now, in ticks.</summary>
    public long Next()
    {
        var length = _next;
        _next = length > _longest / 2 ? _longest : length * 2;
        return length - (long)(length * _jitter * RandomNumberGenerator.GetInt32(Grain) / Grain);
    }
}
