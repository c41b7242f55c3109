using System.Runtime.CompilerServices;
using SmartRateLimit.Backends.Memory.Cells;
using SmartRateLimit.Limiting;

namespace SmartRateLimit;

/// <content>Keys of a text and a number, such as a tenant and an order, which are hashed without being written.</content>
public static partial class RateLimitedCall
{
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

    /// <summary>Admits a call that need not wait, on a key of two parts, where that can be said at once.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="text">The first part, as <see cref="RateLimitKeyBuilder.Add(string)"/> takes it.</param>
    /// <param name="number">The second part.</param>
    /// <param name="cost">Permits that the call takes, at least 0.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the call is admitted and charged; if not, nothing is charged or decided, and the limiter has to be asked.</returns>
    public static bool TryAdmitPair(IRateLimiter limiter, RateLimitPolicy policy, string? text, long number, long cost, CancellationToken cancellationToken = default)
    {
        if (limiter is SmartRateLimiter own && own.Direct(policy) is { Lane: { } lane } resolution && cost >= 0 && !cancellationToken.IsCancellationRequested)
        {
            var key = KeyHash.OfPlain(text, number);
            return key.Tag != 0 && lane.TryAdmit(resolution.LaneCases!, key, cost, out _);
        }

        return false;
    }

    /// <summary>Decides on a key of two parts, as <see cref="IRateLimiter.AcquireAsync"/> does on its text.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="policy">The policy; keep it in a static field.</param>
    /// <param name="text">The first part, as <see cref="RateLimitKeyBuilder.Add(string)"/> takes it.</param>
    /// <param name="number">The second part.</param>
    /// <param name="cost">Permits that the call takes, at least 0.</param>
    /// <param name="cancellationToken">Ends a wait; the reserved permits stay spent.</param>
    /// <returns>The decision, when the call may proceed or is rejected.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="ArgumentException">The policy contradicts itself, or its backend is unknown or cannot do it.</exception>
    public static ValueTask<RateLimitDecision> AcquirePairAsync(IRateLimiter limiter, RateLimitPolicy policy, string? text, long number, long cost, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        using var key = new RateLimitKeyBuilder(stackalloc char[KeyRoom]);
        key.Add(text);
        key.Add(number);
        return limiter.AcquireAsync(policy, key.Text, cost, cancellationToken);
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
}
