namespace SmartRateLimit.Tests.Limiting;

/// <summary>How generated methods end that were not admitted at once: the author's method is called after an admission, and only then.</summary>
public sealed class PendingReturnTests
{
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("pending", "1/h");

    public static TheoryData<int, bool> Calls
    {
        get
        {
            var calls = new TheoryData<int, bool>();
            foreach (var count in Enumerable.Range(0, 7))
            {
                calls.Add(count, true);
                calls.Add(count, false);
            }

            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task An_admission_that_comes_later_passes_every_argument_on(int count, bool isTask)
    {
        var decision = new TaskCompletionSource<RateLimitDecision>();

        var returned = Start(new(decision.Task), count, isTask, out var seen);

        Assert.False(returned.IsCompleted);
        Assert.Empty(seen);
        decision.SetResult(await DecideAsync(admitted: true));
        Assert.Equal(count, await returned);
        Assert.Equal(Enumerable.Range(1, count), seen);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task An_admission_that_comes_later_passes_every_argument_on_where_there_is_no_result(int count, bool isTask)
    {
        var decision = new TaskCompletionSource<RateLimitDecision>();

        var returned = StartWithoutResult(new(decision.Task), count, isTask, out var seen);

        Assert.False(returned.IsCompleted);
        Assert.Empty(seen);
        decision.SetResult(await DecideAsync(admitted: true));
        await returned;
        Assert.Equal(Enumerable.Range(1, count), seen);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_rejection_fails_the_task_and_calls_nothing_whenever_it_comes(int count, bool isTask)
    {
        var rejection = await DecideAsync(admitted: false);
        var later = new TaskCompletionSource<RateLimitDecision>();
        List<int>[] seen = [[], [], [], []];
        Task[] tasks =
        [
            Start(new(rejection), count, isTask, out seen[0]),
            StartWithoutResult(new(rejection), count, isTask, out seen[1]),
            Start(new(later.Task), count, isTask, out seen[2]),
            StartWithoutResult(new(later.Task), count, isTask, out seen[3]),
        ];

        Assert.True(tasks[0].IsFaulted && tasks[1].IsFaulted);
        later.SetResult(rejection);

        foreach (var task in tasks)
        {
            Assert.Equal("pending", (await Assert.ThrowsAsync<RateLimitExceededException>(() => task)).PolicyName);
        }

        Assert.All(seen, Assert.Empty);
    }

    [Fact]
    public async Task A_cancelled_wait_cancels_the_task()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        var task = RateLimitedTask.WhenAdmitted(ValueTask.FromCanceled<RateLimitDecision>(source.Token), () => Task.CompletedTask);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.True(task.IsCanceled);
    }

    [Fact]
    public void What_was_thrown_fails_a_task_or_cancels_it() => Assert.All(
        new Func<Exception, Task>[]
        {
            RateLimitedTask.Faulted,
            RateLimitedResultTask.Faulted<int>,
            exception => RateLimitedValueTask.Faulted(exception).AsTask(),
            exception => RateLimitedResultValueTask.Faulted<int>(exception).AsTask(),
        },
        fail =>
        {
            Assert.True(fail(new TimeoutException()).IsFaulted);
            Assert.True(fail(new OperationCanceledException()).IsCanceled);
        });

    [Fact]
    public async Task A_sequence_that_failed_throws_when_it_is_enumerated_and_not_before()
    {
        var sequence = RateLimitedCall.FaultedSequence<int>(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(async () =>
        {
            await foreach (var _ in sequence)
            {
            }
        });
    }

    [Fact]
    public void A_call_that_is_rejected_at_once_throws()
    {
        var limiter = new SmartRateLimiter(new MemoryBackend());
        RateLimitedCall.AcquirePart(limiter, Policy, "ann");

        Assert.Throws<RateLimitExceededException>(() => RateLimitedCall.AcquirePart(limiter, Policy, "ann"));
        Assert.Throws<RateLimitExceededException>(() =>
        {
            var key = new RateLimitKeyBuilder(stackalloc char[8]);
            key.Add("ann");
            RateLimitedCall.Acquire(limiter, Policy, ref key);
        });
    }

    private static Task<int> Start(ValueTask<RateLimitDecision> decision, int count, bool isTask, out List<int> seen)
    {
        var arguments = seen = [];
        Task<int> Saw(params int[] given)
        {
            arguments.AddRange(given);
            return Task.FromResult(given.Length);
        }

        ValueTask<int> SawValue(params int[] given) => new(Saw(given));

        return (count, isTask) switch
        {
            (0, true) => RateLimitedResultTask.WhenAdmitted(decision, () => Saw()),
            (1, true) => RateLimitedResultTask.WhenAdmitted(decision, a => Saw(a), 1),
            (2, true) => RateLimitedResultTask.WhenAdmitted(decision, (a, b) => Saw(a, b), 1, 2),
            (3, true) => RateLimitedResultTask.WhenAdmitted(decision, (a, b, c) => Saw(a, b, c), 1, 2, 3),
            (4, true) => RateLimitedResultTask.WhenAdmitted(decision, (a, b, c, d) => Saw(a, b, c, d), 1, 2, 3, 4),
            (5, true) => RateLimitedResultTask.WhenAdmitted(decision, (a, b, c, d, e) => Saw(a, b, c, d, e), 1, 2, 3, 4, 5),
            (_, true) => RateLimitedResultTask.WhenAdmitted(decision, (a, b, c, d, e, f) => Saw(a, b, c, d, e, f), 1, 2, 3, 4, 5, 6),
            (0, _) => RateLimitedResultValueTask.WhenAdmitted(decision, () => SawValue()).AsTask(),
            (1, _) => RateLimitedResultValueTask.WhenAdmitted(decision, a => SawValue(a), 1).AsTask(),
            (2, _) => RateLimitedResultValueTask.WhenAdmitted(decision, (a, b) => SawValue(a, b), 1, 2).AsTask(),
            (3, _) => RateLimitedResultValueTask.WhenAdmitted(decision, (a, b, c) => SawValue(a, b, c), 1, 2, 3).AsTask(),
            (4, _) => RateLimitedResultValueTask.WhenAdmitted(decision, (a, b, c, d) => SawValue(a, b, c, d), 1, 2, 3, 4).AsTask(),
            (5, _) => RateLimitedResultValueTask.WhenAdmitted(decision, (a, b, c, d, e) => SawValue(a, b, c, d, e), 1, 2, 3, 4, 5).AsTask(),
            _ => RateLimitedResultValueTask.WhenAdmitted(decision, (a, b, c, d, e, f) => SawValue(a, b, c, d, e, f), 1, 2, 3, 4, 5, 6).AsTask(),
        };
    }

    private static Task StartWithoutResult(ValueTask<RateLimitDecision> decision, int count, bool isTask, out List<int> seen)
    {
        var arguments = seen = [];
        Task Saw(params int[] given)
        {
            arguments.AddRange(given);
            return Task.CompletedTask;
        }

        ValueTask SawValue(params int[] given) => new(Saw(given));

        return (count, isTask) switch
        {
            (0, true) => RateLimitedTask.WhenAdmitted(decision, () => Saw()),
            (1, true) => RateLimitedTask.WhenAdmitted(decision, a => Saw(a), 1),
            (2, true) => RateLimitedTask.WhenAdmitted(decision, (a, b) => Saw(a, b), 1, 2),
            (3, true) => RateLimitedTask.WhenAdmitted(decision, (a, b, c) => Saw(a, b, c), 1, 2, 3),
            (4, true) => RateLimitedTask.WhenAdmitted(decision, (a, b, c, d) => Saw(a, b, c, d), 1, 2, 3, 4),
            (5, true) => RateLimitedTask.WhenAdmitted(decision, (a, b, c, d, e) => Saw(a, b, c, d, e), 1, 2, 3, 4, 5),
            (_, true) => RateLimitedTask.WhenAdmitted(decision, (a, b, c, d, e, f) => Saw(a, b, c, d, e, f), 1, 2, 3, 4, 5, 6),
            (0, _) => RateLimitedValueTask.WhenAdmitted(decision, () => SawValue()).AsTask(),
            (1, _) => RateLimitedValueTask.WhenAdmitted(decision, a => SawValue(a), 1).AsTask(),
            (2, _) => RateLimitedValueTask.WhenAdmitted(decision, (a, b) => SawValue(a, b), 1, 2).AsTask(),
            (3, _) => RateLimitedValueTask.WhenAdmitted(decision, (a, b, c) => SawValue(a, b, c), 1, 2, 3).AsTask(),
            (4, _) => RateLimitedValueTask.WhenAdmitted(decision, (a, b, c, d) => SawValue(a, b, c, d), 1, 2, 3, 4).AsTask(),
            (5, _) => RateLimitedValueTask.WhenAdmitted(decision, (a, b, c, d, e) => SawValue(a, b, c, d, e), 1, 2, 3, 4, 5).AsTask(),
            _ => RateLimitedValueTask.WhenAdmitted(decision, (a, b, c, d, e, f) => SawValue(a, b, c, d, e, f), 1, 2, 3, 4, 5, 6).AsTask(),
        };
    }

    private static async Task<RateLimitDecision> DecideAsync(bool admitted)
    {
        var limiter = new SmartRateLimiter(new MemoryBackend());
        var first = await limiter.AcquireAsync(Policy, "ann");
        return admitted ? first : await limiter.AcquireAsync(Policy, "ann");
    }
}
