using SmartRateLimit.Contract.Comparison;

namespace SmartRateLimit.Tests.Backends;

[Trait("Category", "Long")]
public sealed class MemoryModelTests
{
    [Fact]
    public Task A_million_operations_are_decided_as_the_exact_model_decides_them() =>
        Task.WhenAll(Enumerable.Range(0, 2).Select(part => Task.Run(() =>
            new ModelComparison(time => new MemoryBackend(new MemoryBackendOptions { TimeProvider = time }))
                .RunAsync(ModelComparison.Operations(1_100_000) / 2, seed: 1_000_000 * (part + 1)))));
}
