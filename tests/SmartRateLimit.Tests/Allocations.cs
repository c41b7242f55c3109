using System.Diagnostics;
using System.Reflection;

namespace SmartRateLimit.Tests;

/// <summary>Counts what code allocates on this thread.</summary>
internal static class Allocations
{
    /// <summary>Whether the library was built for debugging, where generic code boxes for good.</summary>
    public static bool AreUnoptimized { get; } =
        typeof(SmartRateLimiter).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    /// <summary>The bytes that a round allocates after one that warms up.</summary>
    public static long Of(Action round)
    {
        round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        round();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
