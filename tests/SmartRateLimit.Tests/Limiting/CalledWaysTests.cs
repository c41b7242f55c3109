using Microsoft.Extensions.Logging;
using SmartRateLimit.Tests.Configuration;

namespace SmartRateLimit.Tests.Limiting;

/// <summary>What a policy asks for besides counting holds on each of the ways that generated code takes.</summary>
public sealed class CalledWaysTests
{
    private const int Number = 123_456;

    public enum Call
    {
        AcquirePart,
        AcquirePair,
        AcquireKey,
        AdmitPart,
        AdmitPair,
        AdmitKey,
    }

    public static TheoryData<Call, string> CallsAndRates => [.. from call in Enum.GetValues<Call>() from rates in (string[])["1/h", "1/h; 2/d"] select (call, rates)];

    public static TheoryData<Call> Waiting => [Call.AdmitPart, Call.AdmitPair, Call.AdmitKey];

    // Seen to fail: a part and a pair told nobody; a pair told of the text without the number.
    [Theory]
    [MemberData(nameof(CallsAndRates))]
    public void A_rejection_is_logged_once_with_its_whole_key(Call call, string rates)
    {
        using var app = ConfiguredApp.With();
        var policy = RateLimitPolicy.Parse("search", rates);
        Assert.True(Ask(app.Limiter, policy, call));
        Assert.Empty(app.Log.At(LogLevel.Debug));
        Assert.False(Ask(app.Limiter, policy, call));
        var key = call is Call.AcquirePart or Call.AdmitPart ? "tenant-1-eu" : "tenant-1-eu:123456";
        Assert.StartsWith($"Rate limit search rejected {key} (", Assert.Single(app.Log.At(LogLevel.Debug)), StringComparison.Ordinal);
    }

    // Seen to fail: several requests at once told nobody.
    [Theory]
    [InlineData("1/h")]
    [InlineData("1/h; 2/d")]
    public void A_rejection_of_several_is_logged_for_the_one_that_refused(string rates)
    {
        using var app = ConfiguredApp.With();
        RateLimitRequest[] requests = [new(RateLimitPolicy.Parse("wide", "9/h"), "all"), new(RateLimitPolicy.Parse("search", rates), "one")];
        Assert.True(app.Limiter.AcquireAll(requests).IsAllowed);
        Assert.False(app.Limiter.AcquireAll(requests).IsAllowed);
        Assert.StartsWith("Rate limit search rejected one (", Assert.Single(app.Log.At(LogLevel.Debug)), StringComparison.Ordinal);
    }

    // Seen to fail: a policy that only observes was decided directly.
    [Theory]
    [MemberData(nameof(CallsAndRates))]
    public void A_policy_that_only_observes_rejects_nobody(Call call, string rates)
    {
        using var app = ConfiguredApp.With();
        var policy = RateLimitPolicy.Parse("search", rates) with { Shadow = true };
        Assert.All(Enumerable.Range(0, 5), _ => Assert.True(Ask(app.Limiter, policy, call)));
    }

    // Seen to fail: a leaky bucket was decided directly, and admitted what fits without its delay.
    [Theory]
    [MemberData(nameof(Waiting))]
    public void Who_may_wait_is_not_rejected(Call call)
    {
        using var app = ConfiguredApp.With();
        var leaky = RateLimitPolicy.Parse("leaky", "2/h") with { Algorithm = RateLimitAlgorithm.LeakyBucket };
        var patient = RateLimitPolicy.Parse("patient", "1/h") with { MaxWait = TimeSpan.FromHours(2) };
        Assert.True(Ask(app.Limiter, leaky, call));
        Assert.Null(Ask(app.Limiter, leaky, call));
        Assert.True(Ask(app.Limiter, patient, call));
        Assert.Null(Ask(app.Limiter, patient, call));
    }

    /// <returns>Whether the call is admitted; <see langword="null"/> while that is not known.</returns>
    private static bool? Ask(IRateLimiter limiter, RateLimitPolicy policy, Call call)
    {
        const string Text = "tenant-1-eu";
        var key = new RateLimitKeyBuilder(stackalloc char[64]);
        key.Add(Text);
        key.Add(Number);
        ValueTask<RateLimitDecision> pending;
        switch (call)
        {
            case Call.AcquirePart:
                return RateLimitedCall.TryAcquirePart(limiter, policy, Text, 1, out _);
            case Call.AcquirePair:
                return RateLimitedCall.TryAcquirePair(limiter, policy, Text, Number, 1, out _);
            case Call.AcquireKey:
                return RateLimitedCall.TryAcquire(limiter, policy, ref key, 1, out _);
            case Call.AdmitPart:
                return RateLimitedCall.TryAdmitPart(limiter, policy, Text, 1, default, out pending) ? true : Told(pending);
            case Call.AdmitPair:
                return RateLimitedCall.TryAdmitPair(limiter, policy, Text, Number, 1, default, out pending) ? true : Told(pending);
            default:
                return RateLimitedCall.TryAdmit(limiter, policy, ref key, 1, default, out pending) ? true : Told(pending);
        }
    }

    private static bool? Told(ValueTask<RateLimitDecision> pending) => pending.IsCompletedSuccessfully ? pending.Result.IsAllowed : null;
}
