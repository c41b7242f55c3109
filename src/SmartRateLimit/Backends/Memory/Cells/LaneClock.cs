using System.Runtime.CompilerServices;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>The clock that a lane reads: a coarse one where that cannot be felt, since the precise one costs more than the decision.</summary>
internal readonly struct LaneClock
{
    private readonly BackendClock _clock;
    private readonly long _coarseOrigin;
    private readonly Kind _kind;

    public LaneClock(BackendClock clock, RateProgram program, long ticksOfBurst)
    {
        _clock = clock;
        _coarseOrigin = clock.CoarseOrigin;

        // A delay is told from now on, so it needs to know when that is.
        var isCoarse = !program.UsesWallClock && program.TellsNoDelays && clock.IsCoarseEnoughFor(ticksOfBurst);
        _kind = program.UsesWallClock ? Kind.Wall
            : !isCoarse ? Kind.Monotonic
            : clock.IsSystem ? Kind.SystemCoarse
            : Kind.Coarse;
        Granule = isCoarse ? clock.CoarseGranule : 0;
    }

    private enum Kind
    {
        SystemCoarse,
        Coarse,
        Monotonic,
        Wall,
    }

    /// <summary>What the clock can be late by, in ticks.</summary>
    public long Granule { get; }

    public long Now
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _kind == Kind.SystemCoarse ? (Environment.TickCount64 - _coarseOrigin) * TimeSpan.TicksPerMillisecond : OtherNow;
    }

    /// <summary>How far the precise clock is ahead.</summary>
    public long Lag => Granule > 0 ? Math.Max(0, _clock.Monotonic - _clock.CoarseMonotonic) : 0;

    private long OtherNow => _kind switch
    {
        Kind.Coarse => _clock.CoarseMonotonic,
        Kind.Monotonic => _clock.Monotonic,
        _ => _clock.Wall,
    };
}
