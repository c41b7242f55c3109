using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using SmartRateLimit.Backends.Memory.Cells;
using SmartRateLimit.Limiting;

namespace SmartRateLimit;

/// <summary>
/// What generated code calls: it decides as the limiter does, and takes the shortest way where the limiter is a
/// <see cref="SmartRateLimiter"/> that keeps the policy in this process and nobody listens.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class RateLimitedCall
{
    private const int KeyRoom = 128;

    /// <summary>Decides at once on a key of one part, as <see cref="IRateLimiter.Acquire"/> does on its text, and throws when the call is rejected.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="part">The part, as <see cref="RateLimitKeyBuilder.Add(string)"/> takes it.</param>
    /// <param name="cost">Permits that the call takes, at least 0.</param>
    /// <exception cref="RateLimitExceededException">The call is rejected.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AcquirePart(IRateLimiter limiter, RateLimitPolicy policy, string? part, long cost = 1)
    {
        if (!TryAcquirePart(limiter, policy, part, cost, out var rejection))
        {
            Throw(rejection);
        }
    }

    /// <summary>Decides at once on a key, as <see cref="IRateLimiter.Acquire"/> does on its text, gives its buffer back, and throws when the call is rejected.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="key">The key, not to be used afterwards.</param>
    /// <param name="cost">Permits that the call takes, at least 0.</param>
    /// <exception cref="RateLimitExceededException">The call is rejected.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Acquire(IRateLimiter limiter, RateLimitPolicy policy, scoped ref RateLimitKeyBuilder key, long cost = 1)
    {
        if (!TryAcquire(limiter, policy, ref key, cost, out var rejection))
        {
            Throw(rejection);
        }
    }

    /// <summary>Decides at once on a key of one part, as <see cref="IRateLimiter.Acquire"/> does on its text.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="part">The part, as <see cref="RateLimitKeyBuilder.Add(string)"/> takes it.</param>
    /// <param name="cost">Permits that the call takes, at least 0.</param>
    /// <param name="rejection">The decision when the call is rejected; without meaning when it is admitted.</param>
    /// <returns>Whether the call is admitted.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    public static bool TryAcquirePart(IRateLimiter limiter, RateLimitPolicy policy, string? part, long cost, out RateLimitDecision rejection)
    {
        if (limiter is SmartRateLimiter own && own.Direct(policy) is { } resolution && cost >= 0)
        {
            var key = KeyHash.OfPlain(part);
            if (key.Tag != 0)
            {
                if (resolution.Lane is { } lane)
                {
                    return lane.TryAdmit(resolution.LaneCases!, key, cost, out rejection)
                        || TryAcquireElsewhere(own, resolution, policy, part, cost, ref rejection);
                }

                if (resolution.TryAdmit(part, key, cost))
                {
                    rejection = default;
                    return true;
                }
            }
        }

        return TryAcquireSlowly(limiter, policy, part, cost, out rejection);
    }

    /// <summary>Decides at once on a key, as <see cref="IRateLimiter.Acquire"/> does on its text, and gives its buffer back.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="key">The key, not to be used afterwards.</param>
    /// <param name="cost">Permits that the call takes, at least 0.</param>
    /// <param name="rejection">The decision when the call is rejected; without meaning when it is admitted.</param>
    /// <returns>Whether the call is admitted.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    public static bool TryAcquire(IRateLimiter limiter, RateLimitPolicy policy, scoped ref RateLimitKeyBuilder key, long cost, out RateLimitDecision rejection)
    {
        if (limiter is SmartRateLimiter own && own.Direct(policy) is { } resolution && cost >= 0)
        {
            var identity = KeyHash.OfShort(key.Text);
            if (identity.Tag != 0 && TryAdmitHere(resolution, key.Text, identity, cost, out rejection))
            {
                key.Dispose();
                return true;
            }
        }

        return TryAcquireSlowly(limiter, policy, ref key, cost, out rejection);
    }

    /// <summary>Admits a call that need not wait, on a key of one part, and otherwise says what the limiter answers.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="part">The part, as <see cref="RateLimitKeyBuilder.Add(string)"/> takes it.</param>
    /// <param name="cost">Permits that the call takes, at least 0.</param>
    /// <param name="cancellationToken">Ends a wait; the reserved permits stay spent.</param>
    /// <param name="decision">Where the call was not admitted at once: its rejection, or a decision still to come. Otherwise without meaning.</param>
    /// <returns>Whether the call is admitted now.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    public static bool TryAdmitPart(
        IRateLimiter limiter, RateLimitPolicy policy, string? part, long cost, CancellationToken cancellationToken, out ValueTask<RateLimitDecision> decision)
    {
        Unsafe.SkipInit(out decision);
        if (limiter is SmartRateLimiter own && own.Direct(policy) is { } resolution && cost >= 0 && !cancellationToken.IsCancellationRequested)
        {
            var key = KeyHash.OfPlain(part);
            if (key.Tag != 0 && TryAdmitHere(resolution, part, key, cost, out _))
            {
                return true;
            }
        }

        return TryAdmitSlowly(limiter, policy, part, cost, cancellationToken, out decision);
    }

    /// <summary>Admits a call that need not wait, and otherwise says what the limiter answers; gives the key's buffer back.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="key">The key, not to be used afterwards.</param>
    /// <param name="cost">Permits that the call takes, at least 0.</param>
    /// <param name="cancellationToken">Ends a wait; the reserved permits stay spent.</param>
    /// <param name="decision">Where the call was not admitted at once: its rejection, or a decision still to come. Otherwise without meaning.</param>
    /// <returns>Whether the call is admitted now.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    public static bool TryAdmit(
        IRateLimiter limiter, RateLimitPolicy policy, scoped ref RateLimitKeyBuilder key, long cost, CancellationToken cancellationToken, out ValueTask<RateLimitDecision> decision)
    {
        Unsafe.SkipInit(out decision);
        if (limiter is SmartRateLimiter own && own.Direct(policy) is { } resolution && cost >= 0 && !cancellationToken.IsCancellationRequested)
        {
            var identity = KeyHash.OfShort(key.Text);
            if (identity.Tag != 0 && TryAdmitHere(resolution, key.Text, identity, cost, out _))
            {
                key.Dispose();
                return true;
            }
        }

        return TryAdmitSlowly(limiter, policy, ref key, cost, cancellationToken, out decision);
    }

    /// <summary>A sequence that throws when it is enumerated.</summary>
    /// <typeparam name="TItem">The type of its items.</typeparam>
    /// <param name="exception">What it throws.</param>
    /// <returns>The sequence.</returns>
    public static async IAsyncEnumerable<TItem> FaultedSequence<TItem>(Exception exception)
    {
        await default(ValueTask).ConfigureAwait(false);
        ExceptionDispatchInfo.Throw(exception);
        yield break;
    }

    /// <summary>Whether a decision has come, and rejects: then it is a value, which may be read again.</summary>
    internal static bool IsRejected(ValueTask<RateLimitDecision> decision) => decision.IsCompletedSuccessfully && !decision.Result.IsAllowed;

    internal static void ThrowIfRejected(RateLimitDecision decision)
    {
        if (!decision.IsAllowed)
        {
            Throw(decision);
        }
    }

    private static bool TryAdmitHere(PolicyResolution resolution, ReadOnlySpan<char> key, KeyIdentity identity, long cost, out RateLimitDecision rejection)
    {
        if (resolution.Lane is { } lane)
        {
            return lane.TryAdmit(resolution.LaneCases!, identity, cost, out rejection);
        }

        rejection = default;
        return resolution.TryAdmit(key, identity, cost);
    }

    // What follows is kept apart, so that the way of an admission needs no room on the stack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAcquireElsewhere(SmartRateLimiter limiter, PolicyResolution resolution, RateLimitPolicy policy, string? part, long cost, ref RateLimitDecision rejection)
    {
        if (rejection.Policy is null)
        {
            return TryAcquireSlowly(limiter, policy, part, cost, out rejection);
        }

        if (limiter.TellsOfRejections)
        {
            limiter.Rejected(rejection, resolution, part);
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAcquireSlowly(IRateLimiter limiter, RateLimitPolicy policy, scoped ref RateLimitKeyBuilder key, long cost, out RateLimitDecision rejection)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        rejection = limiter.Acquire(policy, key.Text, cost);
        key.Dispose();
        return rejection.IsAllowed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAcquireSlowly(IRateLimiter limiter, RateLimitPolicy policy, string? part, long cost, out RateLimitDecision rejection)
    {
        var key = new RateLimitKeyBuilder(stackalloc char[KeyRoom]);
        key.Add(part);
        return TryAcquireSlowly(limiter, policy, ref key, cost, out rejection);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAdmitSlowly(
        IRateLimiter limiter, RateLimitPolicy policy, scoped ref RateLimitKeyBuilder key, long cost, CancellationToken cancellationToken, out ValueTask<RateLimitDecision> decision)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        decision = limiter.AcquireAsync(policy, key.Text, cost, cancellationToken);
        key.Dispose();
        if (!decision.IsCompletedSuccessfully)
        {
            return false;
        }

        // The answer may be read once only; its reader gets it as a value.
        var answer = decision.Result;
        decision = new(answer);
        return answer.IsAllowed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAdmitSlowly(
        IRateLimiter limiter, RateLimitPolicy policy, string? part, long cost, CancellationToken cancellationToken, out ValueTask<RateLimitDecision> decision)
    {
        var key = new RateLimitKeyBuilder(stackalloc char[KeyRoom]);
        key.Add(part);
        return TryAdmitSlowly(limiter, policy, ref key, cost, cancellationToken, out decision);
    }

    [DoesNotReturn]
    [StackTraceHidden]
    private static void Throw(RateLimitDecision rejection) => throw new RateLimitExceededException(rejection);
}
