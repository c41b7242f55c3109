using Microsoft.AspNetCore.Http;
using SmartRateLimit.AspNetCore.Keys;

namespace SmartRateLimit.AspNetCore.Enforcement;

/// <summary>One limit of an endpoint or rule, worked out once: its policy, and how key and cost are read from a request.</summary>
internal sealed class LimitPlan
{
    private const string GlobalKey = RateLimitKey.Global;

    public LimitPlan(RateLimitPolicy policy, KeyPlan key)
    {
        Policy = policy;
        Key = key;
        Alone = [this];
    }

    public RateLimitPolicy Policy { get; }

    public KeyPlan Key { get; }

    /// <summary>This limit as the only one of a request.</summary>
    public LimitPlan[] Alone { get; }

    /// <summary>The cost of every request, where <see cref="CostFunction"/> does not say it.</summary>
    public long Cost { get; init; } = 1;

    public Func<object, long>? CostFunction { get; init; }

    public Func<object, bool>? Skip { get; init; }

    public Func<object, RateLimitDecision, object?>? Rejection { get; init; }

    /// <summary>Whether another plan, perhaps of another middleware, takes the same permits from the same bucket.</summary>
    public bool IsSame(LimitPlan other) =>
        ReferenceEquals(this, other)
        || (Policy == other.Policy && Key.Identity.Equals(other.Key.Identity) && Cost == other.Cost && CostFunction == other.CostFunction);

    public bool IsSkipped(HttpContext context) => Skip is { } skip && skip(context);

    /// <summary>The request for a decision together with other limits.</summary>
    public RateLimitRequest Request(HttpContext context)
    {
        var cost = CostOf(context);
        if (Key.IsGlobal)
        {
            return new RateLimitRequest(Policy, GlobalKey, cost);
        }

        var key = new RateLimitKeyBuilder(stackalloc char[128]);
        try
        {
            Key.Build(context, ref key);
            return new RateLimitRequest(Policy, key.ToString(), cost);
        }
        finally
        {
            key.Dispose();
        }
    }

    /// <summary>Decides this limit alone.</summary>
    public ValueTask<RateLimitDecision> Acquire(IRateLimiter limiter, HttpContext context)
    {
        var cost = CostOf(context);
        if (Key.IsGlobal)
        {
            return limiter.AcquireAsync(Policy, GlobalKey, cost, Token(limiter, context));
        }

        var key = new RateLimitKeyBuilder(stackalloc char[128]);
        try
        {
            Key.Build(context, ref key);
            return limiter.AcquireAsync(Policy, key.Text, cost, Token(limiter, context));
        }
        finally
        {
            key.Dispose();
        }
    }

    /// <summary>What is decided on the spot cannot be cancelled, and for the token a request takes a lock.</summary>
    private CancellationToken Token(IRateLimiter limiter, HttpContext context) =>
        limiter is SmartRateLimiter own && Policy.MaxWait == TimeSpan.Zero && own.Direct(Policy) is not null ? CancellationToken.None : context.RequestAborted;

    private long CostOf(HttpContext context) => CostFunction is { } function ? function(context) : Cost;
}
