namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>Two ways to do one thing, to be timed in turn in one process.</summary>
internal interface IBenchmarkRow
{
    string Name { get; }

    string Reference { get; }

    /// <summary>How many times faster the subject has to be; <see langword="null"/> where that is only shown.</summary>
    double? Target { get; }

    /// <summary>Does the reference's work so many times.</summary>
    /// <returns>Anything that keeps the work from being optimized away.</returns>
    long RunReference(int times);

    /// <summary>Does the subject's work so many times.</summary>
    /// <returns>Anything that keeps the work from being optimized away.</returns>
    long RunSubject(int times);
}
