using SmartRateLimit.Contract;

namespace SmartRateLimit.MongoDB.Tests.Evaluation;

/// <summary>Makes backends on evaluated pipelines.</summary>
internal static class EvaluatedNodes
{
    /// <summary>A bucket that a test's clock leaves untouched must not expire, though its initial permits say otherwise than its age.</summary>
    private static readonly TimeSpan Forever = TimeSpan.FromDays(200 * 366);

    /// <summary>A backend that remembers no refusals: a node cannot know that the store's clock was stepped.</summary>
    public static RemoteBackend Clocked(EvaluatedBuckets buckets, FakeTime time, TimeSpan? grace = null)
    {
        var options = new RemoteBackendOptions { TimeProvider = time, MaxRememberedRefusals = 0 };
        options.CircuitBreaker.FailureThreshold = 1;
        return new RemoteBackend(new MongoStore(buckets, "test", grace ?? Forever), options);
    }
}
