namespace SmartRateLimit.Tests;

/// <summary>Counts what code allocates on this thread once the runtime has compiled it for good.</summary>
internal static class Allocations
{
    private const int Rounds = 100;

    /// <summary>The bytes of one round, the least of several: code that the runtime has not optimized yet may box.</summary>
    public static long Of(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            if (least > 0)
            {
                // Optimized code is made in the background.
                Thread.Sleep(10);
            }
        }

        return least;
    }
}
