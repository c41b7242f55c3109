using SmartRateLimit.Rates;

namespace SmartRateLimit.AspNetCore.Policies;

/// <summary>The policy that an attribute describes.</summary>
internal static class AttributePolicy
{
    /// <exception cref="FormatException">A rate or wait cannot be read.</exception>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public static RateLimitPolicy Create(RateLimitedAttribute attribute, string name) => RateLimitPolicy.Parse(name, attribute.Rate) with
    {
        Algorithm = attribute.Algorithm,
        Burst = Permits(attribute.Burst),
        InitialPermits = Permits(attribute.InitialPermits),
        AlignToClock = attribute.AlignToClock,
        MaxWait = attribute.MaxWait is { } wait ? Wait(wait) : TimeSpan.Zero,
        OnBackendFailure = attribute.OnBackendFailure,
        Backend = attribute.Backend,
        Shadow = attribute.Shadow,
    };

    private static long? Permits(long value) => value == -1 ? null : value;

    /// <summary>A wait is written as the period of a rate is, so the one parser reads it as one.</summary>
    private static TimeSpan Wait(string text) =>
        RateParser.TryParse("1/" + text, out var rate, out _) && text.Length > 0 && char.IsAsciiDigit(text.TrimStart()[0])
            ? TimeSpan.FromMilliseconds(rate.PeriodMilliseconds)
            : throw new FormatException($"the longest wait is \"{text}\", but must be a count and a unit such as \"500ms\" or \"2s\"");
}
