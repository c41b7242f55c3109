using SmartRateLimit.Contract.Vectors;

namespace SmartRateLimit.Contract;

public abstract partial class BackendContract
{
    public static TheoryData<string> VectorIds =>
        [.. Vector.All.Where(vector => vector.Subject == "limiter").Select(vector => vector.Id)];

    // Seen to fail: each algorithm found room for one more permit than there is.
    [Theory]
    [MemberData(nameof(VectorIds))]
    public Task Every_vector_passes(string id)
    {
        var vector = Vector.All.Single(vector => vector.Id == id);
        var policy = VectorPolicy.From(vector.Config);
        Assert.SkipUnless(vector.IsWhole(Granule), "the case needs a finer clock than this backend's");
        Assert.SkipUnless(HasMonotonicClock || IsAligned(policy) || !vector.StepsWall, "the case needs a clock that does not step with the wall's");
        Assert.SkipUnless(Backend.Supports(policy, out var reason), reason ?? string.Empty);
        return new VectorRun(vector, CreateBackend, HasMonotonicClock).RunAsync();
    }

    [Fact]
    public async Task Every_vector_for_parallel_callers_passes()
    {
        foreach (var vector in Vector.All.Where(vector => vector.Subject == "threads"))
        {
            var policy = VectorPolicy.From(vector.Config);
            var callers = Enumerable.Range(0, vector.Config.GetProperty("threads").GetInt32());
            var decisions = await Task.WhenAll(callers.Select(_ => Task.Run(() => Limiter.Acquire(policy, vector.Id))));
            Assert.Equal(vector.Steps.Single().GetProperty("allowedTotal").GetInt32(), decisions.Count(decision => decision.IsAllowed));
        }
    }

    private static bool IsAligned(RateLimitPolicy policy) =>
        policy.Algorithm == RateLimitAlgorithm.SlidingWindowCounter || (policy.Algorithm == RateLimitAlgorithm.FixedWindow && policy.AlignToClock);
}
