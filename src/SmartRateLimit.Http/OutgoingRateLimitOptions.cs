namespace SmartRateLimit.Http;

/// <summary>How a limit on outgoing calls treats them.</summary>
public sealed class OutgoingRateLimitOptions
{
    /// <summary>
    /// What is counted apart: the key of a request's bucket. Default <see langword="null"/>, which means the host and
    /// port that it goes to. A <see langword="null"/> key is a bucket of its own.
    /// </summary>
    public Func<HttpRequestMessage, string?>? Key { get; set; }

    /// <summary>
    /// The longest that a call waits for a permit, or for a server that asked for a pause, before it is rejected. Default
    /// <see langword="null"/>, which means the policy's <see cref="RateLimitPolicy.MaxWait"/>: none unless set. At most
    /// 365250 days; needs a token or leaky bucket.
    /// </summary>
    public TimeSpan? MaxWait { get; set; }

    /// <summary>
    /// Whether a bucket pauses when a server says so: in <c>Retry-After</c> of a 429 or 503 answer, or in
    /// <c>RateLimit</c> when nothing is left. Default <see langword="false"/>. A pause lasts a day at most.
    /// </summary>
    public bool RespectServer { get; set; }
}
