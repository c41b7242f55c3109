using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Bridges;

/// <summary>A queued caller who gives up in the very moment in which the limiter refuses it must not stay until its permits come.</summary>
public sealed class GivingUpTests
{
    private const int Rounds = 4_000;
    private const int Patience = 60_000;

    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("given up", "1/d");

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_gives_up_while_being_refused_is_let_go(bool byCancelling)
    {
        var options = new RateLimiterBridgeOptions { QueueLimit = 1, TimeProvider = new FakeTime() };
        for (var round = 0; round < Rounds; round++)
        {
            var refusing = new Refusing();
            await using var limiter = refusing.AsRateLimiter(Policy, options: options);
            using var giveUp = new CancellationTokenSource();
            var leaving = Task.Run(() =>
            {
                refusing.AwaitSecondCall(round % 64);
                (byCancelling ? (Action)giveUp.Cancel : limiter.Dispose)();
            }, TestContext.Current.CancellationToken);

            var waiting = limiter.AcquireAsync(1, giveUp.Token).AsTask();
            await leaving;

            var first = await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
            Assert.True(ReferenceEquals(first, waiting), $"In round {round} a caller who had given up was kept.");
            Assert.Equal(byCancelling, waiting.IsCanceled);
        }
    }

    /// <summary>Refuses everything for a day, and tells when the queue asks: the second call.</summary>
    private sealed class Refusing : IRateLimiter
    {
        private int _calls;

        public void AwaitSecondCall(int spins)
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref _calls) >= 2);
            Thread.SpinWait(spins);
        }

        public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1)
        {
            Interlocked.Increment(ref _calls);
            return RateLimitDecision.Reject(policy, 0, TimeSpan.FromDays(1), TimeSpan.FromDays(1));
        }

        public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost = 1, CancellationToken cancellationToken = default) =>
            new(Acquire(policy, key, cost));

        public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions = default, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default) =>
            new(Acquire(policy, key));

        public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
