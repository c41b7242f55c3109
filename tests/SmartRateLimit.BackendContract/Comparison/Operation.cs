namespace SmartRateLimit.Contract.Comparison;

internal enum OperationKind
{
    Acquire,
    AcquireOrReserve,
    AcquireAndRefund,
    Peek,
    Reset,
    ChangePolicy,
    Advance,
    StepWall,
    StepBoth,
}

/// <summary>One step of a random history.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Amount">A cost, a number of ticks, or the index of the policy that follows.</param>
internal readonly record struct Operation(OperationKind Kind, long Amount = 0)
{
    /// <summary>
    /// Whether a step of the clocks leads before the time at which a key was asked last, where it may be stricter than the model
    /// says: all that a tank knows of its past is when it will be as new, and a store writes nothing when it refuses, so what had
    /// run out by then is there again. Facts of the suite pin what happens there.
    /// </summary>
    public bool LeavesWhatIsKnown(RateLimitPolicy policy, bool isWrittenWhenAsked, long now, long lastAsked) =>
        (!isWrittenWhenAsked || policy.Algorithm is RateLimitAlgorithm.TokenBucket or RateLimitAlgorithm.LeakyBucket) && now + Amount < lastAsked;

    public override string ToString() => FormattableString.Invariant($"{Kind}({Amount})");
}
