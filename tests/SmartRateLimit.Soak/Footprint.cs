using System.Diagnostics;

namespace SmartRateLimit.Soak;

/// <summary>What the process holds on to.</summary>
internal readonly record struct Footprint(long Bytes, int Handles, int Threads)
{
    private const int Takes = 5;

    /// <summary>
    /// Takes it while callers go on: the least of a few, since what a call under way needs is not held on to. Of the heap it
    /// is what the last full collection found alive; the total that the runtime offers estimates what came since, and was
    /// seen below zero.
    /// </summary>
    public static async Task<Footprint> TakeAsync()
    {
        var least = new Footprint(long.MaxValue, int.MaxValue, int.MaxValue);
        for (var i = 0; i < Takes; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
            using var process = Process.GetCurrentProcess();
            least = new Footprint(
                Math.Min(least.Bytes, heap.HeapSizeBytes - heap.FragmentedBytes),
                Math.Min(least.Handles, process.HandleCount),
                Math.Min(least.Threads, process.Threads.Count));
            await Task.Delay(100);
        }

        return least;
    }

    public override string ToString() => FormattableString.Invariant($"{Bytes / 1_048_576.0:0.0} MiB, {Handles} handles, {Threads} threads");
}
