using SmartRateLimit.Algorithms;
using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>
/// The keys of one policy whose states fit a word each. When the policy's numbers change, the lane retires, and what was
/// spent goes on in buckets; what begins with "Try" returns false after that.
/// </summary>
internal abstract class KeyLane(RateProgram program)
{
    public RateProgram Program { get; } = program;

    /// <summary>The lane's clock.</summary>
    public abstract long Now { get; }

    /// <summary>What decisions of this lane say for a policy with the lane's numbers.</summary>
    public abstract LaneCases CasesOf(RateProgram program);

    /// <summary>
    /// Decides at once, for a caller who wants to know nothing of an admission. A decision that nobody made, after the
    /// lane has retired, has no policy.
    /// </summary>
    /// <returns>Whether the request is admitted and charged; if not, the rejection.</returns>
    public abstract bool TryAdmit(LaneCases cases, KeyIdentity key, long cost, out RateLimitDecision rejection);

    public abstract bool TryAcquire(LaneCases cases, KeyIdentity key, long cost, long maxWait, out RateLimitDecision decision);

    public abstract bool TryPeek(LaneCases cases, KeyIdentity key, out RateLimitDecision decision);

    public abstract bool TryRefund(in KeyIdentity key, long cost);

    public abstract bool TryReset(in KeyIdentity key);

    /// <summary>Ends the lane; what its keys have spent goes to the record.</summary>
    public abstract void Retire(PolicyRecord record);

    /// <summary>Takes a key's state out of everybody's reach until <see cref="Release"/>. The caller holds the key's gate.</summary>
    /// <param name="key">The key.</param>
    /// <param name="word">The state, where the key was known or has been taken in.</param>
    public abstract KeyRoom Hold(in KeyIdentity key, out long word);

    /// <summary>Gives a key's state back.</summary>
    public abstract void Release(in KeyIdentity key, long word);

    /// <summary>As <see cref="Hold"/>, for a shared state. Only one decision at a time may hold such.</summary>
    public abstract long HoldShared(int share);

    /// <summary>As <see cref="Release"/>, for a shared state.</summary>
    public abstract void ReleaseShared(int share, long word);

    /// <summary>Brings a held state to the time, and decides on it without charging.</summary>
    public abstract Verdict Measure(ref long word, long now, long cost, long maxWait);

    /// <summary>A held state with an admitted request charged to it.</summary>
    public abstract long Charge(long word, long now, long cost);

    /// <summary>The decision that a verdict means, with what is left in the state.</summary>
    public abstract void Describe(LaneCases cases, long word, long now, long cost, Verdict verdict, out RateLimitDecision decision);

    /// <summary>Makes room for a key that wanted it. The caller holds no gate.</summary>
    public abstract void Grow();

    /// <summary>After a new key was taken in: makes room for the next ones. The caller holds no gate.</summary>
    public abstract void Maintain();
}
