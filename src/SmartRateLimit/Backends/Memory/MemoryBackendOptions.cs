namespace SmartRateLimit;

/// <summary>Settings of a <see cref="MemoryBackend"/>.</summary>
public sealed class MemoryBackendOptions
{
    /// <summary>The default of <see cref="MaxKeys"/>.</summary>
    public const int DefaultMaxKeys = 1_000_000;

    /// <summary>The backend's name. Default <c>memory</c>; not empty.</summary>
    public string Name { get; set; } = "memory";

    /// <summary>
    /// The most states kept, from 1 up; default 1,000,000. Each rate of a key counts as one, and a sliding window as the
    /// words of its log. When all are live, new keys share a fixed number of buckets, so a flood of keys neither frees
    /// an exhausted one nor takes more memory.
    /// </summary>
    public int MaxKeys { get; set; } = DefaultMaxKeys;

    /// <summary>The clock. Default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>For tests: a coarse clock beside <see cref="TimeProvider"/>, in ticks a step; <see langword="null"/> means the system's, for the system's.</summary>
    internal long? CoarseGranule { get; set; }
}
