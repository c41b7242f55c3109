namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>How long to measure.</summary>
/// <param name="Pairs">Interleaved pairs of reference and subject.</param>
/// <param name="Slice">How long each side of a pair runs.</param>
/// <param name="Builds">Builds of each kind, of which one alone takes seconds.</param>
internal sealed record Effort(int Pairs, TimeSpan Slice, int Builds)
{
    public static Effort Quick { get; } = new(7, TimeSpan.FromMilliseconds(30), 3);

    public static Effort Full { get; } = new(20, TimeSpan.FromMilliseconds(100), 20);
}
