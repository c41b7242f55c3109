using SmartRateLimit.Contract;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>
/// Clocks that are set by an hour. A server's clock cannot be set by a test, so for it the script reads another one in
/// the place where it reads the server's; everything else is the script that ships, on a real server.
/// </summary>
public sealed class ClockTests(RedisServerFixture fixture)
{
    private const int Limit = 100;

    private static readonly TimeSpan Jump = TimeSpan.FromHours(1);

    public static MatrixTheoryData<RateLimitAlgorithm, int> AlgorithmsAndJumps => new(
        [RateLimitAlgorithm.TokenBucket, RateLimitAlgorithm.FixedWindow, RateLimitAlgorithm.SlidingWindow, RateLimitAlgorithm.SlidingWindowCounter],
        [-1, 1]);

    // Seen to fail: each node had buckets of its own; the clock of the node that asked decided.
    [Theory]
    [MemberData(nameof(AlgorithmsAndJumps))]
    public async Task A_nodes_clock_that_is_set_by_an_hour_changes_nothing(RateLimitAlgorithm algorithm, int hours)
    {
        var policy = RateLimitPolicy.Parse("policy", "100/h") with { Algorithm = algorithm };
        var prefix = RedisServerFixture.NewPrefix();
        var time = new FakeTime(DateTimeOffset.UtcNow);
        await using var jumping = new RedisBackend(fixture.Multiplexer, new RedisBackendOptions { KeyPrefix = prefix, TimeProvider = time });
        await using var other = Nodes.On(fixture.Multiplexer, prefix);
        var admitted = Admitted(jumping, policy, Limit / 2);
        time.StepWall(hours * Jump);
        time.StepMonotonic(hours * Jump);
        admitted += Admitted(jumping, policy, Limit);
        admitted += Admitted(other, policy, Limit);
        Assert.Equal(Limit, admitted);
    }

    // Seen to fail: a step back began a bucket anew; a step forward left more in a bucket than it holds.
    [Theory]
    [MemberData(nameof(AlgorithmsAndJumps))]
    public async Task A_servers_clock_that_is_set_by_an_hour_mints_at_most_one_limit_forward_and_nothing_back(RateLimitAlgorithm algorithm, int hours)
    {
        var policy = RateLimitPolicy.Parse("policy", "100/m") with { Algorithm = algorithm };
        var time = new FakeTime();
        await using var backend = Nodes.Clocked(fixture.Multiplexer, time);
        var admitted = Admitted(backend, policy, Limit + 10);
        Assert.Equal(Limit, admitted);
        time.StepWall(hours * Jump);
        var further = Admitted(backend, policy, 3 * Limit);
        Assert.InRange(further, 0, hours < 0 ? 0 : Limit);
    }

    private static int Admitted(RedisBackend backend, RateLimitPolicy policy, int calls)
    {
        var admitted = 0;
        for (var i = 0; i < calls; i++)
        {
            var decision = backend.Acquire(policy, "key", 1);
            Assert.False(decision.IsDegraded);
            admitted += decision.IsAllowed ? 1 : 0;
        }

        return admitted;
    }
}
