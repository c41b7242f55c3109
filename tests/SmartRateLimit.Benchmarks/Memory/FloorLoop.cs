using SmartRateLimit.Backends.Memory.Cells;

namespace SmartRateLimit.Benchmarks.Memory;

/// <summary>
/// What a keyed limiter in memory cannot do without: a hash of the key that no outsider can steer, a clock, and one
/// compare-and-swap. It knows no policy and no collision, and tells nobody what is left.
/// </summary>
internal sealed class FloorLoop
{
    private readonly long[] _states = new long[1 << 21];

    public long Run(string[] keys, int times)
    {
        var sum = 0L;
        for (int i = 0, next = 0; i < times; i++)
        {
            ref var state = ref _states[(int)KeyHash.Of(keys[next]).Tag & (_states.Length - 1)];
            var before = Volatile.Read(ref state);
            var now = Environment.TickCount64;
            sum += Interlocked.CompareExchange(ref state, Math.Max(before, now) + 1, before) == before ? 1 : 0;
            next = ++next < keys.Length ? next : 0;
        }

        return sum;
    }
}
