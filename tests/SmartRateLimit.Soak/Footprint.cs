using System.Diagnostics;

namespace SmartRateLimit.Soak;

/// <summary>What the process holds on to.</summary>
internal readonly record struct Footprint(long Bytes, int Handles, int Threads)
{
    public static Footprint Take()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return new Footprint(GC.GetTotalMemory(forceFullCollection: true), process.HandleCount, process.Threads.Count);
    }

    public override string ToString() => FormattableString.Invariant($"{Bytes / 1_048_576.0:0.0} MiB, {Handles} handles, {Threads} threads");
}
