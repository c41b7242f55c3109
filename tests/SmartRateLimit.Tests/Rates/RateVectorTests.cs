using SmartRateLimit.Contract.Vectors;

namespace SmartRateLimit.Tests.Rates;

public sealed class RateVectorTests
{
    public static TheoryData<string> Ids =>
        [.. Vector.All.Where(vector => vector.Subject is "parse" or "parseMany").Select(vector => vector.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_vector_of_the_rate_language_passes(string id)
    {
        foreach (var step in Vector.All.Single(vector => vector.Id == id).Steps)
        {
            var text = step.GetProperty("in").GetString()!;
            if (step.TryGetProperty("error", out _))
            {
                Assert.Throws<FormatException>(() => RateLimitPolicy.Parse("policy", text));
            }
            else if (step.TryGetProperty("limits", out var limits))
            {
                Assert.Equal(
                    limits.EnumerateArray().Select(pair => new Rate(pair[0].GetInt64(), TimeSpan.FromSeconds(pair[1].GetInt64()))),
                    RateLimitPolicy.Parse("policy", text).Rates);
            }
            else
            {
                Assert.Equal(
                    new Rate(step.GetProperty("limit").GetInt64(), TimeSpan.FromSeconds(step.GetProperty("periodSeconds").GetInt64())),
                    Rate.Parse(text));
            }
        }
    }
}
