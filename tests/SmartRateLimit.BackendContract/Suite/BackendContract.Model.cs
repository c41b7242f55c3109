using SmartRateLimit.Contract.Comparison;

namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    /// <summary>Operations compared with the model; an heir whose decisions are slow may want fewer.</summary>
    protected virtual int ComparedOperations => 20_000;

    /// <summary>Whether what is not aligned to the wall clock is measured by another one.</summary>
    protected virtual bool HasMonotonicClock => true;

    // Seen to fail: each algorithm found room for one more permit; and the interval of a permit was rounded up to whole ticks.
    // By the steps of clocks: after one forward a window began where the one before had ended, or kept its count; one back of
    // less than a period did not stop a key's time; one of more began an aligned window at once; a log lost its order.
    [Fact]
    public Task Random_histories_are_decided_as_the_exact_model_decides_them() =>
        new ModelComparison(CreateBackend, Granule, HasMonotonicClock).RunAsync(ModelComparison.Operations(ComparedOperations), seed: 1);
}
