using System.Diagnostics.CodeAnalysis;
using SmartRateLimit.Resilience;

namespace SmartRateLimit.Backends.Multi;

/// <summary>A backend that fails by throwing. A wrong argument, or a caller who gave up, is no failure of it.</summary>
[SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a backend throws means that it could not decide.")]
internal sealed class CatchingBackend(IRateLimitBackend backend) : IFallibleBackend
{
    // Nothing is known of when such a backend is well again.
    public TimeSpan RetryAfter => TimeSpan.FromSeconds(1);

    public bool IsFailing => false;

    public Attempt TryAcquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        try
        {
            return Attempt.Decided(backend.Acquire(policy, key, cost));
        }
        catch (Exception exception) when (IsFailure(exception, CancellationToken.None))
        {
            return Attempt.Failed(Failure(exception));
        }
    }

    public ValueTask<Attempt> TryAcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        try
        {
            var pending = backend.AcquireAsync(policy, key, cost, cancellationToken);
            return pending.IsCompletedSuccessfully ? new(Attempt.Decided(pending.Result)) : AwaitAsync(pending, cancellationToken);
        }
        catch (Exception exception) when (IsFailure(exception, cancellationToken))
        {
            return new(Attempt.Failed(Failure(exception)));
        }
    }

    public Attempt TryAcquireAll(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions)
    {
        if (backend is not IAtomicRateLimitBackend atomic)
        {
            return new StepwiseGroup(this, Singly(requests.Length), requests.ToArray(), decisions).Acquire();
        }

        try
        {
            return Attempt.Decided(atomic.AcquireAll(requests, decisions));
        }
        catch (Exception exception) when (IsFailure(exception, CancellationToken.None))
        {
            return Attempt.Failed(Failure(exception));
        }
    }

    public ValueTask<Attempt> TryAcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken)
    {
        if (backend is not IAtomicRateLimitBackend atomic)
        {
            return new StepwiseGroup(this, Singly(requests.Length), requests.ToArray(), decisions).AcquireAsync(cancellationToken);
        }

        try
        {
            return AwaitAsync(atomic.AcquireAllAsync(requests, decisions, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (IsFailure(exception, cancellationToken))
        {
            return new(Attempt.Failed(Failure(exception)));
        }
    }

    public ValueTask<Attempt> TryPeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        try
        {
            return AwaitAsync(backend.PeekAsync(policy, key, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (IsFailure(exception, cancellationToken))
        {
            return new(Attempt.Failed(Failure(exception)));
        }
    }

    public Attempt TryPeek(RateLimitPolicy policy, ReadOnlySpan<char> key)
    {
        try
        {
            return Attempt.Decided(backend.Peek(policy, key));
        }
        catch (Exception exception) when (IsFailure(exception, CancellationToken.None))
        {
            return Attempt.Failed(Failure(exception));
        }
    }

    public RateLimitBackendException? TryRefund(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost)
    {
        try
        {
            backend.Refund(policy, key, cost);
            return null;
        }
        catch (Exception exception) when (IsFailure(exception, CancellationToken.None))
        {
            return Failure(exception);
        }
    }

    public ValueTask<RateLimitBackendException?> TryRefundAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken)
    {
        try
        {
            return AwaitAsync(backend.RefundAsync(policy, key, cost, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (IsFailure(exception, cancellationToken))
        {
            return new(Failure(exception));
        }
    }

    public ValueTask<RateLimitBackendException?> TryResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        try
        {
            return AwaitAsync(backend.ResetAsync(policy, key, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (IsFailure(exception, cancellationToken))
        {
            return new(Failure(exception));
        }
    }

    private static List<List<int>> Singly(int count) => [.. Enumerable.Range(0, count).Select(place => new List<int> { place })];

    private static bool IsFailure(Exception exception, CancellationToken cancellationToken) =>
        exception is not ArgumentException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private static async ValueTask<Attempt> AwaitAsync(ValueTask<RateLimitDecision> pending, CancellationToken cancellationToken)
    {
        try
        {
            return Attempt.Decided(await pending.ConfigureAwait(false));
        }
        catch (Exception exception) when (IsFailure(exception, cancellationToken))
        {
            return Attempt.Failed(Failure(exception));
        }
    }

    private static async ValueTask<RateLimitBackendException?> AwaitAsync(ValueTask pending, CancellationToken cancellationToken)
    {
        try
        {
            await pending.ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (IsFailure(exception, cancellationToken))
        {
            return Failure(exception);
        }
    }

    private static RateLimitBackendException Failure(Exception exception) => RateLimitBackendException.Of(exception);
}
