using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Limiting;

/// <summary>Many who wait for one key, some of whom give up.</summary>
public sealed class WaiterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Timers count whole milliseconds.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);

    private readonly FakeTime _time = new();
    private readonly SmartRateLimiter _limiter;
    private readonly List<Waiter> _waiters = [];
    private readonly List<Waiter> _left = [];

    public WaiterTests() =>
        _limiter = new SmartRateLimiter(new MemoryBackend(new MemoryBackendOptions { TimeProvider = _time }), _time);

    public static TheoryData<RateLimitAlgorithm, int> Crowds
    {
        get
        {
            var data = new TheoryData<RateLimitAlgorithm, int>();
            for (var seed = 1; seed <= 10; seed++)
            {
                data.Add(RateLimitAlgorithm.TokenBucket, seed);
                data.Add(RateLimitAlgorithm.LeakyBucket, seed);
            }

            return data;
        }
    }

    // Seen to fail: nobody waited; those who gave up went on waiting; and waits beyond the longest were admitted.
    [Theory]
    [MemberData(nameof(Crowds))]
    public async Task Waiters_leave_in_the_order_of_asking_within_the_longest_wait_and_leave_nothing_behind(RateLimitAlgorithm algorithm, int seed)
    {
        var random = new Random(seed);
        var policy = RateLimitPolicy.Parse("crowd", "10/s") with { Algorithm = algorithm, Burst = 40, MaxWait = TimeSpan.FromSeconds(2) };
        for (var moment = 0; moment < 400; moment++)
        {
            if (random.Next(3) > 0)
            {
                _waiters.Add(new Waiter(_time.GetTimestamp()));
                _waiters[^1].Answer = WaitAsync(_waiters[^1], policy, random.Next(1, 4));
            }

            if (random.Next(10) == 0 && _waiters.Find(waiter => !waiter.Answer.IsCompleted) is { } unlucky)
            {
                await unlucky.Stop.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => unlucky.Answer.WaitAsync(Patience));
            }

            _time.Advance(TimeSpan.FromMilliseconds(random.Next(100)));
        }

        _time.Advance(policy.MaxWait + Grain);

        Assert.All(_waiters, waiter => Assert.True(waiter.Answer.IsCompleted));
        Assert.Equal(0, _time.PendingTimers);
        Assert.Equal(_waiters.Where(_left.Contains), _left);
        Assert.All(_left, waiter => Assert.InRange(waiter.Waited, TimeSpan.Zero, policy.MaxWait + Grain));
        Assert.InRange(_left.Count(waiter => waiter.Waited > TimeSpan.Zero), 50, 400);
        _waiters.ForEach(waiter => waiter.Stop.Dispose());
    }

    private async Task WaitAsync(Waiter waiter, RateLimitPolicy policy, long cost)
    {
        // Whoever is let go on goes on at once, within the step of the clock.
        var decision = await _limiter.AcquireAsync(policy, "key", cost, waiter.Stop.Token).ConfigureAwait(false);
        if (decision.IsAllowed)
        {
            waiter.Waited = _time.GetElapsedTime(waiter.Asked);
            Assert.InRange(waiter.Waited, decision.Delay, decision.Delay + Grain);
            _left.Add(waiter);
        }
    }

    private sealed class Waiter(long asked)
    {
        public long Asked => asked;

        public CancellationTokenSource Stop { get; } = new();

        public Task Answer { get; set; } = Task.CompletedTask;

        public TimeSpan Waited { get; set; }
    }
}
