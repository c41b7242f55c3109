namespace SmartRateLimit.AspNetCore;

/// <summary>A rate for a part of the application.</summary>
public sealed class HttpRateLimitRule
{
    /// <summary>
    /// A path prefix of whole segments, such as <c>"/api"</c>, or a route pattern, such as <c>"/orders/{id}"</c>, as the
    /// endpoint is mapped. A pattern is more specific than any prefix, and a longer prefix than a shorter one.
    /// </summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>The rates, such as <c>"100/m"</c> or <c>"10/s; 500/h"</c>.</summary>
    public string Rate { get; set; } = string.Empty;

    /// <summary>The key: sources only; <see langword="null"/> (default) means that of the options.</summary>
    public string? Key { get; set; }

    /// <summary>The bucket's name. Default: <c>rule</c> and the path.</summary>
    public string? Name { get; set; }

    /// <summary>How the rates are measured. Default <see cref="RateLimitAlgorithm.TokenBucket"/>.</summary>
    public RateLimitAlgorithm Algorithm { get; set; }

    /// <summary>Capacity of a token or leaky bucket, in permits; <see langword="null"/> (default) means the rate's permits.</summary>
    public long? Burst { get; set; }

    /// <summary>Whether the rule only decides and reports; clients see nothing of it. Default false.</summary>
    public bool Shadow { get; set; }
}
