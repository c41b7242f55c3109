using SmartRateLimit.Contract;
using SmartRateLimit.Contract.Comparison;

namespace SmartRateLimit.Redis.Tests.Contract;

/// <summary>Random histories on a real server, many at a time: each has a bucket and a clock of its own.</summary>
public sealed class ModelTests(RedisServerFixture fixture)
{
    private const int AtOnce = 8;

    // Seen to fail: the script found room for one more permit.
    [Fact]
    public Task Twenty_thousand_operations_are_decided_as_the_exact_model_decides_them() =>
        Task.WhenAll(Enumerable.Range(1, AtOnce).Select(part => Task.Run(() =>
            new ModelComparison(time => new NeverDegraded(Nodes.Clocked(fixture.Multiplexer, time)), TimeSpan.TicksPerMicrosecond, hasMonotonicClock: false, step: TimeSpan.TicksPerMicrosecond)
                .RunAsync(ModelComparison.Operations(20_000) / AtOnce, seed: 1_000_000 * part))));
}
