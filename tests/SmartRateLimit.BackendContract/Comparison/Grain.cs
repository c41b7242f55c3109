using System.Numerics;

namespace SmartRateLimit.Contract.Comparison;

/// <summary>Rounds ticks to the steps of a backend's clock: times down, waits up.</summary>
internal readonly record struct Grain(long Ticks)
{
    public long Down(long ticks) => ticks - (ticks % Ticks);

    public long Up(long ticks) => ticks > long.MaxValue - Ticks ? Down(ticks) : Down(ticks + Ticks - 1);

    public BigInteger? Up(BigInteger? ticks) => ticks is { } some ? (some + Ticks - 1) / Ticks * Ticks : null;
}
