namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>How long to measure.</summary>
/// <param name="Pairs">Interleaved pairs of reference and subject.</param>
/// <param name="Slice">How long each side of a pair runs.</param>
internal sealed record Effort(int Pairs, TimeSpan Slice)
{
    public static Effort Quick { get; } = new(10, TimeSpan.FromMilliseconds(30));

    public static Effort Full { get; } = new(20, TimeSpan.FromMilliseconds(100));
}
