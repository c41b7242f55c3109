namespace SmartRateLimit.Resilience;

/// <summary>What became of asking a backend: a decision, or how it failed to make one.</summary>
internal readonly struct Attempt
{
    private Attempt(in RateLimitDecision decision, RateLimitBackendException? failure, bool isShared = false)
    {
        Decision = decision;
        Failure = failure;
        IsShared = isShared;
    }

    public RateLimitDecision Decision { get; }

    public RateLimitBackendException? Failure { get; }

    public bool IsDecided => Failure is null;

    /// <summary>Whether the failure is that of a call which another request reports already.</summary>
    public bool IsShared { get; }

    public static Attempt Decided(in RateLimitDecision decision) => new(decision, null);

    public static Attempt Failed(RateLimitBackendException failure) => new(default, failure);

    public static Attempt FailedWithAnother(RateLimitBackendException failure) => new(default, failure, isShared: true);
}
