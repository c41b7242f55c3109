using System.ComponentModel;
using SmartRateLimit.Keys;

namespace SmartRateLimit;

/// <summary>
/// What generated code of several attributes asks for: its requests, and the texts of their keys. Each thread keeps one for
/// its next call, so that nothing is allocated.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RateLimitedRequests
{
    private const int MostKeptText = 4_096;

    [ThreadStatic]
    private static RateLimitedRequests? t_spare;

    private readonly RateLimitRequest[] _requests;
    private char[] _text = new char[256];
    private int _length;

    private RateLimitedRequests(int most) => _requests = new RateLimitRequest[most];

    /// <summary>How many requests there are.</summary>
    public int Count { get; private set; }

    /// <summary>Begins without any request.</summary>
    /// <param name="most">How many there can be, at least 1.</param>
    /// <returns>An object that is the caller's until one of its other methods says otherwise.</returns>
    public static RateLimitedRequests Take(int most)
    {
        var requests = t_spare;
        t_spare = null;
        return requests is not null && requests._requests.Length >= most ? requests : new RateLimitedRequests(Math.Max(8, most));
    }

    /// <summary>Adds a request on a key of one part.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="part">The part, as <see cref="RateLimitKeyBuilder.Add(string)"/> takes it.</param>
    /// <param name="cost">Permits that the request takes, at least 0.</param>
    public void AddPart(RateLimitPolicy policy, string? part, long cost)
    {
        if (!string.IsNullOrEmpty(part) && PlainText.Is(part))
        {
            // It stands in the key as it is.
            _requests[Count++] = new RateLimitRequest(policy, part.AsMemory(), cost);
            return;
        }

        var key = new RateLimitKeyBuilder(stackalloc char[128]);
        key.Add(part);
        Add(policy, ref key, cost);
    }

    /// <summary>Adds a request, and gives the key's buffer back.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="key">The key, not to be used afterwards.</param>
    /// <param name="cost">Permits that the request takes, at least 0.</param>
    public void Add(RateLimitPolicy policy, scoped ref RateLimitKeyBuilder key, long cost)
    {
        _requests[Count++] = new RateLimitRequest(policy, Copy(key.Text), cost);
        key.Dispose();
    }

    /// <summary>Decides at once, as <see cref="IRateLimiter.AcquireAll"/> does. The object is not to be used afterwards.</summary>
    /// <param name="limiter">What decides.</param>
    /// <returns>The decision for all.</returns>
    public RateLimitDecision Acquire(IRateLimiter limiter)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        var decision = limiter.AcquireAll(_requests.AsSpan(0, Count));
        Return();
        return decision;
    }

    /// <summary>Decides as <see cref="IRateLimiter.AcquireAllAsync"/> does. The object is not to be used afterwards.</summary>
    /// <param name="limiter">What decides.</param>
    /// <param name="cancellationToken">Ends a wait; the reserved permits stay spent.</param>
    /// <returns>The decision for all.</returns>
    public ValueTask<RateLimitDecision> AcquireAsync(IRateLimiter limiter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        var pending = limiter.AcquireAllAsync(_requests.AsSpan(0, Count), cancellationToken: cancellationToken);
        if (pending.IsCompletedSuccessfully)
        {
            Return();
        }

        // Keys are read until the call has completed, so while it has not this object is nobody else's.
        return pending;
    }

    /// <summary>Gives the object back unused. It is not to be used afterwards.</summary>
    public void Return()
    {
        Array.Clear(_requests, 0, Count);
        (Count, _length) = (0, 0);
        t_spare = _text.Length <= MostKeptText ? this : null;
    }

    private ReadOnlyMemory<char> Copy(ReadOnlySpan<char> key)
    {
        if (key.Length > _text.Length - _length)
        {
            // Earlier keys stay where they are.
            (_text, _length) = (new char[Math.Max(key.Length, _text.Length * 2)], 0);
        }

        var copy = _text.AsMemory(_length, key.Length);
        key.CopyTo(copy.Span);
        _length += key.Length;
        return copy;
    }
}
