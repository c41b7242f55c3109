using System.Diagnostics;
using System.Reflection;

namespace SmartRateLimit.Tests;

/// <summary>Counts what code allocates on this thread.</summary>
internal static class Allocations
{
    /// <summary>Whether the library was built for debugging, where generic code boxes for good.</summary>
    public static bool AreUnoptimized { get; } =
        typeof(SmartRateLimiter).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    /// <summary>The bytes that a round allocates, the least of several: the first may still load what it calls.</summary>
    public static long Of(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 10 && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
