using MongoDB.Bson;
using SmartRateLimit.MongoDB.Pipelines;
using SmartRateLimit.MongoDB.Policies;
using SmartRateLimit.MongoDB.Server;

namespace SmartRateLimit.MongoDB.Tests.Server;

/// <summary>What the contract runs on a server is what ships, but for the clock.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket)]
    [InlineData(RateLimitAlgorithm.LeakyBucket)]
    [InlineData(RateLimitAlgorithm.FixedWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindow)]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter)]
    public void A_test_replaces_the_one_place_that_reads_the_clock_and_nothing_else(RateLimitAlgorithm algorithm)
    {
        var numbers = StoredNumbers.Of(RateLimitPolicy.Parse("policy", "5/s; 10/m") with { Algorithm = algorithm });
        var pipeline = TakePipeline.Build(numbers, [new Run(1, 3, true), new Run(2, 1, false)], isGroup: false, grace: 1_000);
        var shipped = new BsonArray(new BsonText().WriteStages(pipeline)).ToJson();
        var replaced = new BsonArray(new BsonText(() => "the test's clock").WriteStages(pipeline)).ToJson();
        Assert.Equal(2, shipped.Split("$$NOW").Length);
        Assert.Equal(shipped.Replace("$$NOW", "the test's clock", StringComparison.Ordinal), replaced);
    }
}
