using SmartRateLimit.Contract.Comparison;

namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    /// <summary>Operations compared with the model; an heir whose decisions are slow may want fewer.</summary>
    protected virtual int ComparedOperations => 20_000;

    [Fact]
    public Task Random_histories_are_decided_as_the_exact_model_decides_them() =>
        new ModelComparison(CreateBackend).RunAsync(ComparedOperations, seed: 1);
}
