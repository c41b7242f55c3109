namespace SmartRateLimit.Resilience;

/// <summary>What became of asking a backend: a decision, or how it failed to make one.</summary>
internal readonly struct Attempt
{
    private Attempt(in RateLimitDecision decision, RateLimitBackendException? failure)
    {
        Decision = decision;
        Failure = failure;
    }

    public RateLimitDecision Decision { get; }

    public RateLimitBackendException? Failure { get; }

    public bool IsDecided => Failure is null;

    public static Attempt Decided(in RateLimitDecision decision) => new(decision, null);

    public static Attempt Failed(RateLimitBackendException failure) => new(default, failure);
}
