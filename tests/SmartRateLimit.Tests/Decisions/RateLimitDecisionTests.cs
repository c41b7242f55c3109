using System.Runtime.CompilerServices;

namespace SmartRateLimit.Tests.Decisions;

public sealed class RateLimitDecisionTests
{
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("search", "10/s; 500/h");

    [Fact]
    public void A_decision_takes_at_most_32_bytes() => Assert.InRange(Unsafe.SizeOf<RateLimitDecision>(), 1, 32);

    [Fact]
    public void A_decision_that_nobody_made_admits_nothing()
    {
        RateLimitDecision decision = default;
        Assert.Equal((false, RateLimitReason.BackendUnavailable, null), (decision.IsAllowed, decision.Reason, decision.Policy));
    }

    [Fact]
    public void An_admission_says_what_is_left()
    {
        var decision = RateLimitDecision.Allow(Policy, 7, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1), leastRate: 1);
        Assert.Equal((true, 500L, 7L), (decision.IsAllowed, decision.Limit, decision.Remaining));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)), (decision.RetryAfter, decision.ResetAfter, decision.Delay));
        Assert.Null(decision.ViolatedRate);
        Assert.Same(Policy, decision.Policy);
    }

    [Fact]
    public void A_rejection_says_who_refused_and_until_when()
    {
        var decision = RateLimitDecision.Reject(Policy, 0, Timeout.InfiniteTimeSpan, TimeSpan.Zero, leastRate: 0, violatedRate: 1, costExceedsLimit: true);
        Assert.Equal((false, RateLimitReason.CostExceedsLimit, 10L), (decision.IsAllowed, decision.Reason, decision.Limit));
        Assert.Equal((Timeout.InfiniteTimeSpan, TimeSpan.Zero), (decision.RetryAfter, decision.Delay));
        Assert.Equal(Rate.Parse("500/h"), decision.ViolatedRate);
    }

    [Fact]
    public void A_decision_with_a_negative_number_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RateLimitDecision.Allow(Policy, -1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => RateLimitDecision.Reject(Policy, 0, TimeSpan.FromTicks(-5), TimeSpan.Zero));
    }

    [Fact]
    public void The_exception_carries_the_decision_and_speaks_of_no_key()
    {
        var decision = RateLimitDecision.Reject(Policy, 0, TimeSpan.FromSeconds(2), TimeSpan.Zero);
        var exception = new RateLimitExceededException(decision);
        Assert.Equal((decision, TimeSpan.FromSeconds(2), "search"), (exception.Decision, exception.RetryAfter, exception.PolicyName));
        Assert.Contains("search", exception.Message, StringComparison.Ordinal);
        Assert.Contains("10/s", exception.Message, StringComparison.Ordinal);
    }
}
