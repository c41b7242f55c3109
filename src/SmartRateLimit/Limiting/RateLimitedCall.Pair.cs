using System.Runtime.CompilerServices;
using SmartRateLimit.Backends.Memory.Cells;
using SmartRateLimit.Limiting;

namespace SmartRateLimit;

/// <content>Keys of a text and a number, such as a tenant and an order, which are hashed without being written.</content>
public static partial class RateLimitedCall
{
    /// <summary>Decides at once on a key of two parts, as <see cref="IRateLimiter.Acquire"/> does on its text, and throws when the call is rejected.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="text">The first part, as <see cref="RateLimitKeyBuilder.Add(string)"/> takes it.</param>
    /// <param name="number">The second part.</param>
    /// <param name="cost">Permits that the call takes, at least 0.</param>
    /// <exception cref="RateLimitExceededException">The call is rejected.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AcquirePair(IRateLimiter limiter, RateLimitPolicy policy, string? text, long number, long cost = 1)
    {
        if (!TryAcquirePair(limiter, policy, text, number, cost, out var rejection))
        {
            Throw(rejection);
        }
    }

    /// <summary>Decides at once on a key of two parts, as <see cref="IRateLimiter.Acquire"/> does on its text.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="text">The first part, as <see cref="RateLimitKeyBuilder.Add(string)"/> takes it.</param>
    /// <param name="number">The second part.</param>
    /// <param name="cost">Permits that the call takes, at least 0.</param>
    /// <param name="rejection">The decision when the call is rejected; without meaning when it is admitted.</param>
    /// <returns>Whether the call is admitted.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    public static bool TryAcquirePair(IRateLimiter limiter, RateLimitPolicy policy, string? text, long number, long cost, out RateLimitDecision rejection)
    {
        if (limiter is SmartRateLimiter own && own.Direct(policy) is { Lane: { } lane } resolution && cost >= 0)
        {
            var key = KeyHash.OfPlain(text, number);
            if (key.Tag != 0)
            {
                return lane.TryAdmit(resolution.LaneCases!, key, cost, out rejection)
                    || TryAcquireElsewhere(own, resolution, policy, text, number, cost, ref rejection);
            }
        }

        return TryAcquireSlowly(limiter, policy, text, number, cost, out rejection);
    }

    /// <summary>Admits a call that need not wait, on a key of two parts, and otherwise says what the limiter answers.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="text">The first part, as <see cref="RateLimitKeyBuilder.Add(string)"/> takes it.</param>
    /// <param name="number">The second part.</param>
    /// <param name="cost">Permits that the call takes, at least 0.</param>
    /// <param name="cancellationToken">Ends a wait; the reserved permits stay spent.</param>
    /// <param name="decision">Where the call was not admitted at once: its rejection, or a decision still to come. Otherwise without meaning.</param>
    /// <returns>Whether the call is admitted now.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    public static bool TryAdmitPair(
        IRateLimiter limiter, RateLimitPolicy policy, string? text, long number, long cost, CancellationToken cancellationToken, out ValueTask<RateLimitDecision> decision)
    {
        Unsafe.SkipInit(out decision);
        if (limiter is SmartRateLimiter own && own.Direct(policy) is { Lane: { } lane } resolution && cost >= 0 && !cancellationToken.IsCancellationRequested)
        {
            var key = KeyHash.OfPlain(text, number);
            if (key.Tag != 0 && lane.TryAdmit(resolution.LaneCases!, key, cost, out _))
            {
                return true;
            }
        }

        return TryAdmitSlowly(limiter, policy, text, number, cost, cancellationToken, out decision);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAcquireElsewhere(SmartRateLimiter limiter, PolicyResolution resolution, RateLimitPolicy policy, string? text, long number, long cost, ref RateLimitDecision rejection)
    {
        if (rejection.Policy is null)
        {
            return TryAcquireSlowly(limiter, policy, text, number, cost, out rejection);
        }

        if (limiter.TellsOfRejections)
        {
            using var key = new RateLimitKeyBuilder(stackalloc char[KeyRoom]);
            key.Add(text);
            key.Add(number);
            limiter.Rejected(rejection, resolution, key.Text);
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAcquireSlowly(IRateLimiter limiter, RateLimitPolicy policy, string? text, long number, long cost, out RateLimitDecision rejection)
    {
        var key = new RateLimitKeyBuilder(stackalloc char[KeyRoom]);
        key.Add(text);
        key.Add(number);
        return TryAcquireSlowly(limiter, policy, ref key, cost, out rejection);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAdmitSlowly(
        IRateLimiter limiter, RateLimitPolicy policy, string? text, long number, long cost, CancellationToken cancellationToken, out ValueTask<RateLimitDecision> decision)
    {
        var key = new RateLimitKeyBuilder(stackalloc char[KeyRoom]);
        key.Add(text);
        key.Add(number);
        return TryAdmitSlowly(limiter, policy, ref key, cost, cancellationToken, out decision);
    }
}
