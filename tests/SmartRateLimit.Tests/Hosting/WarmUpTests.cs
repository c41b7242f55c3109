using System.Diagnostics;
using SmartRateLimit.Hosting;
using SmartRateLimit.Tests.Telemetry;

namespace SmartRateLimit.Tests.Hosting;

public sealed class WarmUpTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(9, 3)]
    public async Task A_backend_decides_before_anybody_is_served_and_is_asked_again_while_it_cannot(int failures, int expected)
    {
        var backend = new ColdBackend(failures);
        await WarmUpAsync(backend);

        Assert.Equal(expected, backend.Asked);
    }

    [Fact]
    public async Task A_backend_that_throws_does_not_stop_the_start() => await WarmUpAsync(new ThrowingBackend());

    [Fact]
    public async Task A_backend_that_never_answers_holds_the_start_up_for_a_bounded_time()
    {
        var started = Stopwatch.GetTimestamp();
        await WarmUpAsync(new ColdBackend(answers: false));

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_start_that_is_given_up_ends()
    {
        using var given = new CancellationTokenSource();
        var start = new BackendWarmUp(new SmartRateLimiter(new ColdBackend(answers: false))).StartAsync(given.Token);
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
    }

    private static Task WarmUpAsync(IRateLimitBackend backend) =>
        new BackendWarmUp(new SmartRateLimiter(backend)).StartAsync(TestContext.Current.CancellationToken);
}
