using System.Globalization;
using SmartRateLimit.Contract;

namespace SmartRateLimit.Tests.Backends;

/// <summary>
/// Many calls in memory, from threads that begin together and never wait for each other: admitted is exactly the limit.
/// SMARTRATELIMIT_CALLS says how many for each algorithm and way to ask; once it was ten million.
/// </summary>
[Trait("Category", "Long")]
public sealed class ExactCountTests
{
    private const int Threads = 4;

    private static readonly int Calls =
        int.TryParse(Environment.GetEnvironmentVariable("SMARTRATELIMIT_CALLS"), CultureInfo.InvariantCulture, out var calls) ? calls : 400_000;

    // Seen to fail: a state was written without comparing it with what had been read.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.LeakyBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    public void Of_many_parallel_calls_exactly_the_limit_is_admitted(RateLimitAlgorithm algorithm) =>
        AssertExact(algorithm, static (backend, policy) => backend.Acquire(policy, "key", 1).IsAllowed);

    // Seen to fail: a state was written without comparing it with what had been read; and nothing was charged.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    public void Of_many_parallel_calls_from_generated_code_exactly_the_limit_is_admitted(RateLimitAlgorithm algorithm)
    {
        SmartRateLimiter? limiter = null;
        AssertExact(algorithm, (backend, policy) =>
            RateLimitedCall.TryAcquirePart(LazyInitializer.EnsureInitialized(ref limiter, () => new SmartRateLimiter(backend)), policy, "key", 1, out _));
    }

    private static void AssertExact(RateLimitAlgorithm algorithm, Func<MemoryBackend, RateLimitPolicy, bool> ask)
    {
        // Half of the calls are admitted, so that as many of them write.
        var limit = algorithm == RateLimitAlgorithm.SlidingWindow ? 10_000 : Calls / 2;
        var backend = new MemoryBackend(new MemoryBackendOptions { TimeProvider = new FakeTime() });
        var policy = new RateLimitPolicy("policy", new Rate(limit, TimeSpan.FromDays(1))) with { Algorithm = algorithm };
        using var start = new Barrier(Threads);
        var admitted = new int[Threads];
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            var own = 0;
            for (var i = 0; i < Calls / Threads; i++)
            {
                own += ask(backend, policy) ? 1 : 0;
            }

            admitted[number] = own;
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(limit, admitted.Sum());
    }
}
