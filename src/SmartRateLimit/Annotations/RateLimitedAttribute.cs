namespace SmartRateLimit;

/// <summary>
/// Limits how often a method, every method of an interface, or an endpoint may be called. The source generator writes
/// the implementing part of a <see langword="partial"/> method; the body is the method of the same name + <c>Core</c>.
/// For an interface it writes a decorator, <c>RateLimitedQuotes</c> for <c>IQuotes</c>: on the interface itself the
/// attribute gives each method a bucket of its own, the inherited ones too, but not properties, indexers, events and
/// <c>Dispose</c>, which are passed on. Register it with <c>services.AddRateLimited&lt;IQuotes, Quotes&gt;()</c>.
/// </summary>
/// <param name="rate">
/// One or more rates, separated by <c>;</c> or <c>,</c>, all of which must admit a call. A rate is a number of permits,
/// <c>/</c> or <c>per</c>, perhaps a count, and a unit: <c>ms</c>, <c>s</c>, <c>m</c> (minutes), <c>h</c>, <c>d</c>, <c>w</c>,
/// or their words.
/// <list type="bullet">
/// <item><description><c>"100/m"</c>: 100 calls at once, and one more every 0.6 seconds (a token bucket, the default).</description></item>
/// <item><description><c>"10 per 3 hours"</c>: 10 calls at once, and one more every 18 minutes.</description></item>
/// <item><description><c>"10/s; 500/h"</c>: bursts of 10, and not more than 500 in an hour on average.</description></item>
/// </list>
/// With <see cref="RateLimitAlgorithm.FixedWindow"/> or <see cref="RateLimitAlgorithm.SlidingWindow"/> the same text means
/// that many calls in each window. There are no months: write <c>30d</c>.
/// </param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Interface, AllowMultiple = true, Inherited = true)]
public sealed class RateLimitedAttribute(string rate) : Attribute
{
    /// <summary>The rates as written: permits per period, such as <c>"100/m"</c>, <c>"10 per 3 hours"</c> or <c>"10/s; 500/h"</c>.</summary>
    public string Rate { get; } = rate;

    /// <summary>
    /// What is counted apart: a parameter or member by name, a template such as <c>"{tenant}:{order.Region}"</c>, a source
    /// such as <see cref="HttpKey.Ip"/>, a chain <c>"a|b"</c>, or <see cref="RateLimitKey.Global"/> for one bucket for all.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>
    /// The type whose members <see cref="Key"/>, <see cref="Cost"/>, <see cref="SkipIf"/> and <see cref="OnRejected"/> may
    /// name; those of the containing type come after it.
    /// </summary>
    public Type? KeyType { get; set; }

    /// <summary>How the rates are measured. Default <see cref="RateLimitAlgorithm.TokenBucket"/>.</summary>
    public RateLimitAlgorithm Algorithm { get; set; }

    /// <summary>Capacity of a token or leaky bucket, in permits; −1 (default) means the rate's permits.</summary>
    public long Burst { get; set; } = -1;

    /// <summary>Permits that a new bucket starts with; −1 (default) means all.</summary>
    public long InitialPermits { get; set; } = -1;

    /// <summary>Whether a fixed window is aligned to UTC (default) or starts at a key's first request.</summary>
    public bool AlignToClock { get; set; } = true;

    /// <summary>
    /// What a call costs: an integer, a parameter, a path such as <c>"{batch.Count}"</c> or a function. Default 1.
    /// A negative cost throws <see cref="ArgumentOutOfRangeException"/>.
    /// </summary>
    public string? Cost { get; set; } = "1";

    /// <summary>The bucket's name; the same name shares one bucket. Default: the type, the method and its parameter types.</summary>
    public string? Name { get; set; }

    /// <summary>A bool member or function: where it is <see langword="true"/> the call is not counted.</summary>
    public string? SkipIf { get; set; }

    /// <summary>A method with the same parameters, and perhaps a <see cref="RateLimitDecision"/>: its result is returned instead of throwing.</summary>
    public string? OnRejected { get; set; }

    /// <summary>The longest wait for a permit, as a count and unit: <c>"500ms"</c>, <c>"2s"</c>. Awaitable methods with a token or leaky bucket only.</summary>
    public string? MaxWait { get; set; }

    /// <summary>What happens when the backend cannot decide. Default <see cref="FailureMode.Local"/>.</summary>
    public FailureMode OnBackendFailure { get; set; }

    /// <summary>The name of the backend that keeps the buckets, when several are registered.</summary>
    public string? Backend { get; set; }

    /// <summary>Whether to decide, count and report without ever blocking.</summary>
    public bool Shadow { get; set; }
}
