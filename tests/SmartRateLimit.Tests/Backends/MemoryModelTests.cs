using SmartRateLimit.Contract;
using SmartRateLimit.Contract.Comparison;
using SmartRateLimit.Contract.Vectors;

namespace SmartRateLimit.Tests.Backends;

[Trait("Category", "Long")]
public sealed class MemoryModelTests
{
    [Fact]
    public Task A_million_operations_are_decided_as_the_exact_model_decides_them() =>
        Task.WhenAll(Enumerable.Range(0, 2).Select(part => Task.Run(() =>
            new ModelComparison(Create)
                .RunAsync(ModelComparison.Operations(1_100_000) / 2, seed: 1_000_000 * (part + 1)))));

    [Fact]
    public async Task A_history_that_differs_could_be_kept_as_a_vector()
    {
        var comparison = new ModelComparison(Create);
        var kept = 0;
        for (var seed = 1; seed <= 300; seed++)
        {
            if (await comparison.DrawVectorAsync(seed) is { } vector)
            {
                await new VectorRun(vector, Create).RunAsync();
                kept++;
            }
        }

        Assert.InRange(kept, 150, 300);
    }

    private static MemoryBackend Create(FakeTime time) => new(new MemoryBackendOptions { TimeProvider = time });
}
