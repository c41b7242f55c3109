using System.Diagnostics;
using System.Reflection;

namespace SmartRateLimit.Generators.Tests;

public sealed class AllocationTests
{
    private const string Text = """
        public partial class Service(IRateLimiter limiter)
        {
            private static readonly Task<int> Done = Task.FromResult(1);

            [RateLimited("1000000000/s", Key = nameof(tenant))]
            public partial int Get(string tenant);

            [RateLimited("1000000000/s", Key = nameof(tenant))]
            public partial Task<int> GetAsync(string tenant, CancellationToken cancellationToken);

            [RateLimited("1000000000/s", Key = "{tenant}:{id}")]
            public partial ValueTask<int> FindAsync(string tenant, long id);

            [RateLimited("1000000000/s", Key = "{day}:{id}")]
            public partial int Place(DayOfWeek day, Guid id);

            [RateLimited("1000000000/s; 60000000000/m; 3600000000000/h", Key = nameof(tenant))]
            public partial int Several(string tenant);

            [RateLimited("0/d", Key = "{tenant}:{id}", OnRejected = nameof(Refused))]
            public partial int Reject(string tenant, int id);

            [RateLimited("2000000000/s", Key = RateLimitKey.Global)]
            [RateLimited("1000000000/s", Key = nameof(tenant))]
            public partial int Both(string tenant);

            [RateLimited("2000000000/s", Key = "{tenant}:{id}")]
            [RateLimited("1000000000/s", Key = nameof(tenant))]
            [RateLimited("1000000000/s; 60000000000/m", Key = "{id}")]
            public partial ValueTask<int> AllAsync(string tenant, long id, CancellationToken cancellationToken);

            [RateLimited("2000000000/s", Key = nameof(tenant))]
            [RateLimited("0/d", Key = "{tenant}:{id}", OnRejected = nameof(Refused))]
            public partial int RejectBoth(string tenant, int id);

            [RateLimited("1000000000/s", Key = "tenant|group")]
            public partial int Chain(string? tenant, string? group);

            private int BothCore(string tenant) => 1;

            private ValueTask<int> AllAsyncCore(string tenant, long id, CancellationToken cancellationToken) => new(1);

            private int RejectBothCore(string tenant, int id) => 1;

            private int ChainCore(string? tenant, string? group) => 1;

            private int PlaceCore(DayOfWeek day, Guid id) => 1;

            private int SeveralCore(string tenant) => 1;

            private int RejectCore(string tenant, int id) => 1;

            private int Refused(string tenant, int id) => 2;

            private int GetCore(string tenant) => 1;

            private Task<int> GetAsyncCore(string tenant, CancellationToken cancellationToken) => Done;

            private ValueTask<int> FindAsyncCore(string tenant, long id) => new(1);
        }

        public interface IQuotes
        {
            [RateLimited("1000000000/s", Key = "{tenant}:{id}")]
            Task<int> DecoratedAsync(string tenant, long id);
        }

        public sealed class Quotes : IQuotes
        {
            private static readonly Task<int> Done = Task.FromResult(1);

            public Task<int> DecoratedAsync(string tenant, long id) => Done;
        }

        /// <summary>A limiter that generated code does not know, and that answers at once.</summary>
        public sealed class OtherLimiter : IRateLimiter
        {
            private readonly SmartRateLimiter _inner = new(new MemoryBackend());

            public RateLimitDecision Acquire(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost) => _inner.Acquire(policy, key, cost);

            public ValueTask<RateLimitDecision> AcquireAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, long cost, CancellationToken cancellationToken) =>
                _inner.AcquireAsync(policy, key, cost, cancellationToken);

            public ValueTask<RateLimitDecision> AcquireAllAsync(ReadOnlySpan<RateLimitRequest> requests, Memory<RateLimitDecision> decisions, CancellationToken cancellationToken) =>
                _inner.AcquireAllAsync(requests, decisions, cancellationToken);

            public ValueTask<RateLimitDecision> PeekAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) => _inner.PeekAsync(policy, key, cancellationToken);

            public ValueTask ResetAsync(RateLimitPolicy policy, ReadOnlySpan<char> key, CancellationToken cancellationToken) => _inner.ResetAsync(policy, key, cancellationToken);
        }

        public static class Scenario
        {
            private static readonly Service Service = new(new SmartRateLimiter(new MemoryBackend()));
            private static readonly Service Other = new(new OtherLimiter());
            private static readonly IQuotes Decorated = new RateLimitedQuotes(new Quotes(), new SmartRateLimiter(new MemoryBackend()));

            public static long DecoratedAsync(int calls)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < calls; i++)
                {
                    if (!Decorated.DecoratedAsync("tenant", 12345).IsCompletedSuccessfully)
                    {
                        throw new InvalidOperationException("The limiter did not answer at once.");
                    }
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static long Get(int calls)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < calls; i++)
                {
                    _ = Service.Get("tenant");
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static long OtherAsync(int calls) => Measure(calls, static () => Other.GetAsync("tenant", default).Result);

            public static long Place(int calls) => Measure(calls, static () => Service.Place(DayOfWeek.Friday, Guid.Empty));

            public static long Several(int calls) => Measure(calls, static () => Service.Several("tenant"));

            public static long Both(int calls) => Measure(calls, static () => Service.Both("tenant"));

            public static long AllAsync(int calls) => Measure(calls, static () => Service.AllAsync("tenant", 12345, default).Result);

            public static long RejectBoth(int calls) => Measure(calls, static () => Service.RejectBoth("tenant", 12345) - 1);

            public static long Chain(int calls) => Measure(calls, static () => Service.Chain(null, "group"));

            public static long Reject(int calls) => Measure(calls, static () => Service.Reject("tenant", 12345) - 1);

            private static long Measure(int calls, Func<int> call)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < calls; i++)
                {
                    if (call() != 1)
                    {
                        throw new InvalidOperationException("The limiter answered otherwise.");
                    }
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static long GetAsync(int calls)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < calls; i++)
                {
                    if (!Service.GetAsync("tenant", default).IsCompletedSuccessfully)
                    {
                        throw new InvalidOperationException("The limiter did not answer at once.");
                    }
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static long FindAsync(int calls)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < calls; i++)
                {
                    if (Service.FindAsync("tenant", 12345).Result != 1)
                    {
                        throw new InvalidOperationException("The limiter did not answer at once.");
                    }
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static long Allocating(int calls)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < calls; i++)
                {
                    GC.KeepAlive(new object());
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
        """;

    /// <summary>Code built without optimization boxes on its own account.</summary>
    public static bool IsOptimized { get; } =
        typeof(SmartRateLimiter).Assembly.GetCustomAttribute<DebuggableAttribute>()?.IsJITOptimizerDisabled != true;

    [Theory(Skip = "The runtime library is a debug build.", SkipUnless = nameof(IsOptimized))]
    [InlineData("Get")]
    [InlineData("GetAsync")]
    [InlineData("FindAsync")]
    [InlineData("Place")]
    [InlineData("Several")]
    [InlineData("Reject")]
    [InlineData("Both")]
    [InlineData("AllAsync")]
    [InlineData("RejectBoth")]
    [InlineData("Chain")]
    [InlineData("DecoratedAsync")]
    [InlineData("OtherAsync")]
    public void A_wrapper_allocates_nothing_when_the_call_is_admitted_at_once(string method) => Assert.Equal(0, Measure(method, expected: 0));

    [Fact]
    public void The_measurement_sees_an_allocation() => Assert.Equal(24 * 1000, Measure("Allocating", expected: 24 * 1000));

    /// <summary>Measures until the runtime has optimized everything below the call: code that is still being warmed up boxes.</summary>
    private static long Measure(string method, long expected)
    {
        using var assembly = Generated.From(Text).Load();
        var least = long.MaxValue;
        for (var round = 0; round < 40 && least > expected; round++)
        {
            least = Math.Min(least, (long)assembly.Call("Scenario", method, 1000)!);
            Thread.Sleep(50);
        }

        return least;
    }
}
