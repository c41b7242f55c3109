using SmartRateLimit.Contract;

namespace SmartRateLimit.Interleaving;

/// <summary>Callers who share calls to a store, give up and come again.</summary>
public sealed class CoalescerTests
{
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("history", $"{Permits.Limit}/h") with { OnBackendFailure = FailureMode.Closed };

    // Seen to fail: who came between the last look and the leave was never sent; a waiter went back to the pool while its
    // key was still to be sent; decisions were handed out in the opposite order.
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Every_history_of_shared_calls_has_an_order_that_explains_it(int rememberedRefusals)
    {
        var (courses, mostShared) = (0, 0);
        foreach (var seed in Schedule.Seeds(400))
        {
            var time = new FakeTime();
            var (store, history) = (new HeldStore(time), new History<Permits>());
            using var backend = Backend(store, time, rememberedRefusals);

            Serve(seed, store, [.. Enumerable.Range(0, 4).Select(caller => (Action)(() => Live(backend, history, new Random((seed * 4) + caller))))]);

            Assert.True(history.Explain(default) is null, $"seed {seed}: {history.Explain(default)}");
            Assert.Equal(1, store.MostAtOnce);
            mostShared = Math.Max(mostShared, store.MostShared);
            courses++;
        }

        Assert.InRange(mostShared, courses < 100 ? 1 : 2, 16);
    }

    // Seen to fail: who waited for a call that failed was forgotten.
    [Fact]
    public void Whoever_waits_for_a_call_that_fails_is_answered_and_nobody_is_admitted()
    {
        foreach (var seed in Schedule.Seeds(400))
        {
            var time = new FakeTime();
            var store = new HeldStore(time) { ToFail = int.MaxValue };
            using var backend = Backend(store, time, rememberedRefusals: 0);
            var answers = new List<RateLimitDecision>();

            Serve(seed, store, [.. Enumerable.Range(0, 4).Select(_ => (Action)(() => Repeat(3, () => answers.Add(Await(Ask(backend, "a", 1))!.Value))))]);

            Assert.Equal(12, answers.Count);
            Assert.All(answers, answer => Assert.True(answer is { IsAllowed: false, IsDegraded: true }));
        }
    }

    private static RemoteBackend Backend(HeldStore store, FakeTime time, int rememberedRefusals) =>
        new(store, new RemoteBackendOptions { TimeProvider = time, MaxConcurrentCalls = 1, MaxRememberedRefusals = rememberedRefusals });

    /// <summary>Runs callers beside one who serves the store until all of them are answered.</summary>
    private static void Serve(int seed, HeldStore store, Action[] callers)
    {
        var left = callers.Length;
        var random = new Random(seed);
        Schedule.Run(
            seed,
            [
                .. callers.Select(caller => (Action)(() =>
                {
                    caller();
                    left--;
                })),
                () =>
                {
                    while (left > 0)
                    {
                        store.Serve(random);
                        Schedule.Point();
                    }
                },
            ]);
    }

    private static void Live(RemoteBackend backend, History<Permits> history, Random random)
    {
        for (var i = 0; i < 3; i++)
        {
            var (key, cost) = (random.Next(2) == 0 ? "a" : "b", random.Next(1, 9));
            if (random.Next(4) == 0)
            {
                GiveUp(backend, history, key, cost);
            }
            else
            {
                history.Note($"{key} takes {cost}", () => Permits.Acquired(key, cost, Await(Ask(backend, key, cost))!.Value));
            }
        }
    }

    private static void GiveUp(RemoteBackend backend, History<Permits> history, string key, long cost)
    {
        var began = history.Now();
        using var cancellation = new CancellationTokenSource();
        var pending = Ask(backend, key, cost, cancellation.Token);
        Schedule.Point();
        cancellation.Cancel();
        if (Await(pending) is { } told)
        {
            history.Note($"{key} takes {cost} after all", began, Permits.Acquired(key, cost, told));
        }
        else
        {
            history.NoteGivenUp($"{key} takes {cost} and gives up", began, Permits.GivenUp(key, cost));
        }
    }

    private static ValueTask<RateLimitDecision> Ask(RemoteBackend backend, string key, long cost, CancellationToken cancellationToken = default) =>
        backend.AcquireAsync(Policy, key, cost, cancellationToken);

    /// <summary>Waits as the others go on.</summary>
    /// <returns>The answer; <see langword="null"/> after giving up.</returns>
    private static RateLimitDecision? Await(ValueTask<RateLimitDecision> pending)
    {
        while (!pending.IsCompleted)
        {
            Schedule.Wait();
        }

        if (pending.IsCanceled)
        {
            // Who awaits it gives its place back.
            _ = Assert.ThrowsAny<OperationCanceledException>(() => pending.GetAwaiter().GetResult());
            return null;
        }

        return pending.GetAwaiter().GetResult();
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }
}
