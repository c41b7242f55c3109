namespace SmartRateLimit.Benchmarks.Measuring;

/// <summary>One line of a table: what was measured, beside what it is measured against.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Reference">What it is measured against.</param>
/// <param name="ReferenceValue">The reference's value, with its unit.</param>
/// <param name="Value">The subject's value, with its unit.</param>
/// <param name="Ratio">How many times better the subject is: the median, and the spread of the pairs.</param>
/// <param name="Target">The least ratio wanted; <see langword="null"/> where the figure is only shown.</param>
internal sealed record Figure(string Name, string Reference, string ReferenceValue, string Value, Spread Ratio, double? Target)
{
    public bool IsMissed => Ratio.Median < Target;
}
