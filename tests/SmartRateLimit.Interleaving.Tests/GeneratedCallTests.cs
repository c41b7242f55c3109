using SmartRateLimit.Contract;

namespace SmartRateLimit.Interleaving;

/// <summary>Calls as generated code makes them, which take a way of their own through the table, beside others.</summary>
public sealed class GeneratedCallTests
{
    private const int Limit = 7;

    private static readonly string[] Keys = ["a", "b"];

    // Seen to fail: a state was written without comparing it with what had been read; nothing was charged; and one more fitted.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    public void While_the_table_grows_exactly_the_limit_of_each_key_is_admitted(RateLimitAlgorithm algorithm)
    {
        foreach (var seed in Schedule.Seeds(150))
        {
            var limiter = Limiter(1_000, new FakeTime(), out _);
            var policy = RateLimitPolicy.Parse("call", $"{Limit}/h") with { Algorithm = algorithm };
            var admitted = new int[Keys.Length];
            void Ask(int i)
            {
                if (RateLimitedCall.TryAcquirePart(limiter, policy, Keys[i % 2], 1, out _))
                {
                    admitted[i % 2]++;
                }
            }

            Schedule.Run(
                seed,
                () => Repeat(10, Ask),
                () => Repeat(10, Ask),
                () => Repeat(10, i => Ask(i + 1)),
                () => Repeat(20, i => RateLimitedCall.TryAcquirePart(limiter, policy, FormattableString.Invariant($"other {i}"), 1, out _)));

            Assert.True(Array.TrueForAll(admitted, one => one == Limit), $"seed {seed}: {string.Join(", ", admitted)} were admitted");
        }
    }

    // Seen to fail: a cell was read without looking whose it is.
    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void While_cells_go_from_key_to_key_nobody_spends_in_anothers(int maxKeys)
    {
        foreach (var seed in Schedule.Seeds(300))
        {
            var time = new FakeTime();
            var limiter = Limiter(maxKeys, time, out var backend);
            var policy = RateLimitPolicy.Parse("call", $"{Limit}/h");
            var (refused, left) = (0, new List<long>());

            // What is handed back leaves a key worth nothing, so its cell goes to the next who comes.
            void Take(string key)
            {
                if (!RateLimitedCall.TryAcquirePart(limiter, policy, key, 1, out _))
                {
                    refused++;
                }

                left.Add(backend.Acquire(policy, key, 1).Remaining);
                Assert.True(backend.RefundAsync(policy, key, 2, CancellationToken.None).IsCompletedSuccessfully);
            }

            Schedule.Run(
                seed,
                () => Repeat(8, i => Take(i % 2 == 0 ? "a" : "b")),
                () => Repeat(8, i => Take(i % 2 == 0 ? "c" : "d")),
                () => Repeat(8, i => Take(i % 2 == 0 ? "e" : "f")),
                () => Repeat(40, _ =>
                {
                    time.Advance(1);
                    Schedule.Wait();
                }));

            Assert.True(refused == 0 && left.TrueForAll(one => one == Limit - 2), $"seed {seed}: {refused} were refused, {string.Join(", ", left)} were left");
        }
    }

    private static SmartRateLimiter Limiter(int maxKeys, FakeTime time, out MemoryBackend backend) =>
        new(backend = new MemoryBackend(new MemoryBackendOptions { TimeProvider = time, MaxKeys = maxKeys }), time);

    private static void Repeat(int times, Action<int> action)
    {
        for (var i = 0; i < times; i++)
        {
            action(i);
        }
    }
}
