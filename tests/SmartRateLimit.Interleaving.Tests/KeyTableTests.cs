using SmartRateLimit.Contract;

namespace SmartRateLimit.Interleaving;

/// <summary>Short histories on two keys while others come, tables grow, keys are forgotten and numbers change.</summary>
public sealed class KeyTableTests
{
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("history", $"{Permits.Limit}/h");
    private static readonly string[] Keys = ["a", "b"];

    // Seen to fail: a state was written without comparing it with what had been read; a state was moved to the next table
    // without comparing it either.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.LeakyBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    public void While_the_table_grows_every_history_has_an_order_that_explains_it(RateLimitAlgorithm algorithm)
    {
        foreach (var seed in Schedule.Seeds(100))
        {
            var (backend, history) = (Backend(1_000), new History<Permits>());
            var policy = Policy with { Algorithm = algorithm };

            Schedule.Run(
                seed,
                () => Live(backend, policy, history, seed, calls: 5),
                () => Live(backend, policy, history, seed + 1_000_000, calls: 5),
                () => Live(backend, policy, history, seed + 2_000_000, calls: 5),
                () => Crowd(backend, policy, "first", 12),
                () => Crowd(backend, policy, "second", 12));

            Assert.True(history.Explain(default) is null, $"seed {seed}: {history.Explain(default)}");
            Assert.InRange(backend.KeyCount, 24, 26);
        }
    }

    // Seen to fail: whatever eviction looked at was taken for idle.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    public void While_memory_is_full_every_history_has_an_order_that_explains_it(RateLimitAlgorithm algorithm)
    {
        foreach (var seed in Schedule.Seeds(100))
        {
            var time = new FakeTime();
            var (backend, history) = (Backend(4, time), new History<Permits>());
            var policy = Policy with { Algorithm = algorithm };

            // Alive before the others come, both have places of their own.
            foreach (var key in Keys)
            {
                history.Note($"{key} takes 1", () => Permits.Acquired(key, 1, backend.Acquire(policy, key, 1)));
            }

            Schedule.Run(
                seed,
                () => Acquire(backend, policy, history, seed, calls: 5),
                () => Acquire(backend, policy, history, seed + 1_000_000, calls: 5),
                () => Crowd(backend, policy, "first", 10),
                () => Crowd(backend, policy, "second", 10, cost: 0),
                () => Tick(time));

            Assert.True(history.Explain(default) is null, $"seed {seed}: {history.Explain(default)}");
            Assert.InRange(backend.KeyCount, 2, 4);
        }
    }

    // Seen to fail: a cell was read without looking whose it is.
    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void While_cells_go_from_key_to_key_nobody_spends_in_anothers(int maxKeys)
    {
        foreach (var seed in Schedule.Seeds(200))
        {
            var time = new FakeTime();
            var backend = Backend(maxKeys, time);
            var left = new List<long>();

            // What is handed back leaves a key worth nothing, so its cell goes to the next who comes.
            void Take(string key)
            {
                left.Add(backend.Acquire(Policy, key, 1).Remaining);
                _ = Await(backend.RefundAsync(Policy, key, 1, CancellationToken.None), Permits.Reset(key));
            }

            Schedule.Run(
                seed,
                () => Repeat(8, i => Take(i % 2 == 0 ? "a" : "b")),
                () => Repeat(8, i => Take(i % 2 == 0 ? "c" : "d")),
                () => Repeat(8, i => Take(i % 2 == 0 ? "e" : "f")),
                () => Tick(time));

            Assert.True(left.TrueForAll(one => one == Permits.Limit - 1), $"seed {seed}: {string.Join(", ", left)} were left");
        }
    }

    // Seen to fail: a bucket that was removed between being found and being entered decided all the same.
    [Fact]
    public void While_buckets_are_forgotten_nobody_is_told_of_more_than_is_left()
    {
        var policy = RateLimitPolicy.Parse("history", $"{Permits.Limit}/h; {2 * Permits.Limit}/d");
        foreach (var seed in Schedule.Seeds(150))
        {
            var time = new FakeTime();
            var (backend, history) = (Backend(12, time), new History<Permits>());

            // What is handed back leaves a key worth nothing, so that the next of the others takes its place.
            void TakeAndReturn(int from) => Repeat(6, i =>
            {
                var key = Keys[(i + from) % 2];
                history.Note($"{key} takes 1", () => Permits.AdmittedWithNoMore(key, 1, backend.Acquire(policy, key, 1)));

                // Meanwhile others see that it is spent, or do not.
                Repeat(5, _ => Schedule.Wait());
                history.Note($"{key} gets back 1", () => Await(backend.RefundAsync(policy, key, 1, CancellationToken.None), Permits.Refunded(key, 1)));
            });

            Schedule.Run(
                seed,
                () => TakeAndReturn(0),
                () => TakeAndReturn(0),
                () => TakeAndReturn(1),
                () => Crowd(backend, policy, "first", 60, cost: 0),
                () => Crowd(backend, policy, "second", 60, cost: 0),
                () => Tick(time));

            Assert.True(history.Explain(default) is null, $"seed {seed}: {history.Explain(default)}");
        }
    }

    // Seen to fail: what was spent under the old numbers was left behind.
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    public void While_numbers_change_a_key_is_admitted_exactly_up_to_the_larger(RateLimitAlgorithm algorithm)
    {
        foreach (var seed in Schedule.Seeds(300))
        {
            var backend = Backend(1_000);
            var (before, after) = (RateLimitPolicy.Parse("change", "4/d") with { Algorithm = algorithm }, RateLimitPolicy.Parse("change", "6/d") with { Algorithm = algorithm });
            var admitted = new List<RateLimitPolicy>();
            void Ask(RateLimitPolicy policy)
            {
                if (backend.Acquire(policy, "key", 1).IsAllowed)
                {
                    admitted.Add(policy);
                }
            }

            Schedule.Run(
                seed,
                () => Repeat(3, _ => Ask(before)),
                () => Repeat(3, _ => Ask(before)),
                () => Repeat(8, _ => Ask(after)),
                () => Crowd(backend, before, "others", 6));

            Assert.True(admitted.Count == 6, $"seed {seed}: {admitted.Count} were admitted");
        }
    }

    [Fact]
    public void A_seed_takes_the_same_course_each_time_and_others_take_others()
    {
        int Course(int seed)
        {
            var (backend, history) = (Backend(1_000), new History<Permits>());
            return Schedule.Run(
                seed,
                () => Live(backend, Policy, history, 1, calls: 5),
                () => Live(backend, Policy, history, 2, calls: 5),
                () => Crowd(backend, Policy, "first", 12));
        }

        // Once, so that what a process does but once is done.
        Course(0);

        Assert.Equal(Enumerable.Range(1, 20).Select(Course), Enumerable.Range(1, 20).Select(Course));
        Assert.InRange(Enumerable.Range(1, 20).Select(Course).Distinct().Count(), 15, 20);
    }

    private static MemoryBackend Backend(int maxKeys, FakeTime? time = null) =>
        new(new MemoryBackendOptions { TimeProvider = time ?? new FakeTime(), MaxKeys = maxKeys });

    /// <summary>Lets so little time pass that no permit comes back, but what is worth nothing can be forgotten.</summary>
    private static void Tick(FakeTime time) => Repeat(40, _ =>
    {
        time.Advance(1);
        Schedule.Wait();
    });

    private static void Repeat(int times, Action<int> action)
    {
        for (var i = 0; i < times; i++)
        {
            action(i);
        }
    }

    private static void Crowd(MemoryBackend backend, RateLimitPolicy policy, string name, int keys, long cost = 1)
    {
        for (var i = 0; i < keys; i++)
        {
            _ = backend.Acquire(policy, FormattableString.Invariant($"{name} {i}"), cost);
        }
    }

    private static void Acquire(MemoryBackend backend, RateLimitPolicy policy, History<Permits> history, int seed, int calls)
    {
        var random = new Random(seed);
        for (var i = 0; i < calls; i++)
        {
            var (key, cost) = (Keys[random.Next(2)], random.Next(1, 6));
            history.Note($"{key} takes {cost}", () => Permits.Acquired(key, cost, backend.Acquire(policy, key, cost)));
        }
    }

    private static void Live(MemoryBackend backend, RateLimitPolicy policy, History<Permits> history, int seed, int calls)
    {
        var random = new Random(seed);
        for (var i = 0; i < calls; i++)
        {
            var (key, cost) = (Keys[random.Next(2)], random.Next(1, 6));
            switch (random.Next(12))
            {
                case 0:
                    history.Note($"{key} is reset", () => Await(backend.ResetAsync(policy, key, CancellationToken.None), Permits.Reset(key)));
                    break;
                case 1:
                    history.Note($"{key} gets back {cost}", () => Await(backend.RefundAsync(policy, key, cost, CancellationToken.None), Permits.Refunded(key, cost)));
                    break;
                case 2:
                    history.Note($"{key} is looked at", () => Permits.Peeked(key, Result(backend.PeekAsync(policy, key, CancellationToken.None)).Remaining));
                    break;
                case 3 or 4:
                    var other = random.Next(1, 6);
                    history.Note($"both take {cost} and {other}", () => Permits.AcquiredTogether(cost, other, Together(backend, policy, cost, other)));
                    break;
                default:
                    history.Note($"{key} takes {cost}", () => Permits.Acquired(key, cost, backend.Acquire(policy, key, cost)));
                    break;
            }
        }
    }

    private static bool Together(MemoryBackend backend, RateLimitPolicy policy, long costOfA, long costOfB) =>
        backend.AcquireAll([new(policy, "a", costOfA), new(policy, "b", costOfB)], new RateLimitDecision[2]).IsAllowed;

    // In memory an answer is there at once.
    private static RateLimitDecision Result(ValueTask<RateLimitDecision> pending) => pending.IsCompleted ? pending.AsTask().GetAwaiter().GetResult() : throw new InvalidOperationException();

    private static Func<Permits, Permits?> Await(ValueTask pending, Func<Permits, Permits?> effect) => pending.IsCompletedSuccessfully ? effect : throw new InvalidOperationException();
}
