using System.Diagnostics;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends;

/// <summary>
/// Reads a <see cref="TimeProvider"/> as integer ticks of 100 ns: the monotonic clock since this object was made, or
/// the wall clock since the Unix epoch.
/// </summary>
internal sealed class BackendClock
{
    /// <summary>A burst must be worth so many steps of the coarse clock, which then withholds a fiftieth of it at most.</summary>
    private const int LeastSteps = 50;

    private readonly TimeProvider _provider;
    private readonly long _origin;
    private readonly long _frequency;
    private readonly long _perTick;
    private readonly long _coarseOrigin;
    private readonly bool _isSystem;

    /// <summary>Creates a clock.</summary>
    /// <param name="provider">What it reads.</param>
    /// <param name="coarseGranule">Ticks in a step of the coarse clock that the provider has besides; 0 when it has none, which only the system's does.</param>
    public BackendClock(TimeProvider provider, long? coarseGranule = null)
    {
        _provider = provider;
        _isSystem = ReferenceEquals(provider, TimeProvider.System);
        CoarseGranule = coarseGranule ?? (_isSystem ? SystemGranule : 0);
        _coarseOrigin = Environment.TickCount64;
        _origin = provider.GetTimestamp();
        _frequency = provider.TimestampFrequency;
        _perTick = _frequency % TimeSpan.TicksPerSecond == 0 ? _frequency / TimeSpan.TicksPerSecond : 0;
    }

    /// <summary>What the coarse clocks can be late by, in ticks; 0 where there are none.</summary>
    public long CoarseGranule { get; }

    /// <summary>Whether the provider is the system's.</summary>
    public bool IsSystem => _isSystem;

    /// <summary>What <see cref="Environment.TickCount64"/> read when this object was made.</summary>
    public long CoarseOrigin => _coarseOrigin;

    /// <summary>The monotonic clock as it stood at most a granule ago, which costs a fraction to read.</summary>
    public long CoarseMonotonic => _isSystem
        ? (Environment.TickCount64 - _coarseOrigin) * TimeSpan.TicksPerMillisecond
        : Coarsen(Monotonic);

    public long Monotonic => _isSystem ? ToTicks(Stopwatch.GetTimestamp() - _origin) : ToTicks(_provider.GetTimestamp() - _origin);

    public long Wall => (_isSystem ? DateTime.UtcNow.Ticks : _provider.GetUtcNow().Ticks) - DateTime.UnixEpoch.Ticks;

    // What timers tick at, 15.6 ms on Windows and 10 ms on the slowest kernels elsewhere, cut to a millisecond.
    private static long SystemGranule => (OperatingSystem.IsWindows() ? 17 : 11) * TimeSpan.TicksPerMillisecond;

    public long Now(bool usesWallClock) => usesWallClock ? Wall : Monotonic;

    /// <summary>The clock that buckets of a policy read.</summary>
    public long Now(RateProgram program) =>
        program.UsesWallClock ? Wall
        : GranuleOf(program) > 0 ? CoarseMonotonic
        : Monotonic;

    /// <summary>What the clock that buckets of a policy read can be late by, in ticks. With one rate it is the precise one: then the lane was what had a choice.</summary>
    public long GranuleOf(RateProgram program) =>
        program.Rules.Length > 1 && program.TellsNoDelays && IsCoarseEnoughFor(program.TicksOfShortestBurst) ? CoarseGranule : 0;

    /// <summary>Whether there is a coarse clock whose steps cannot be felt where a burst takes so many ticks to come back.</summary>
    public bool IsCoarseEnoughFor(long ticksOfBurst) => CoarseGranule > 0 && ticksOfBurst >= LeastSteps * CoarseGranule;

    private long Coarsen(long ticks) => ticks - (((ticks % CoarseGranule) + CoarseGranule) % CoarseGranule);

    // TimeProvider.GetElapsedTime multiplies by a double, which loses ticks after some months.
    private long ToTicks(long timestamp) =>
        _perTick == 100 ? timestamp / 100
        : _perTick > 0 ? timestamp / _perTick
        : (long)((Int128)timestamp * TimeSpan.TicksPerSecond / _frequency);
}
