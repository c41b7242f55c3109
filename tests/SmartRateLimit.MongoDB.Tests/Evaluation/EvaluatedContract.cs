using SmartRateLimit.Contract;

namespace SmartRateLimit.MongoDB.Tests.Evaluation;

/// <summary>The contract of every backend, on everything that ships but the driver: its pipelines are evaluated here.</summary>
public sealed class EvaluatedContract : BackendContract
{
    protected override int ComparedOperations => 30_000;

    protected override int WaitingRounds => 5;

    protected override long Granule => TimeSpan.TicksPerMillisecond;

    protected override bool HasMonotonicClock => false;

    protected override IRateLimitBackend CreateBackend(FakeTime time) =>
        new NeverDegraded(EvaluatedNodes.Clocked(new EvaluatedBuckets(time), time));
}
