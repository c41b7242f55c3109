namespace SmartRateLimit.Benchmarks.Memory;

/// <summary>Runs one loop on several threads at once.</summary>
internal static class Threads
{
    /// <param name="count">How many.</param>
    /// <param name="times">How often in all.</param>
    /// <param name="run">The loop of one thread: its number, and how often.</param>
    public static long Run(int count, int times, Func<int, int, long> run)
    {
        var sums = new long[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = count }, thread => sums[thread] = run(thread, times / count));
        return sums.Sum();
    }
}
