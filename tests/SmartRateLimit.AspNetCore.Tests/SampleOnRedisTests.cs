using System.Net;
using SmartRateLimit.AspNetCore.Tests.Fixture;
using SmartRateLimit.Servers.Processes;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>Real processes of the sample and a real Redis.</summary>
public sealed class SampleOnRedisTests
{
    [Fact]
    public async Task Two_processes_with_one_variable_hold_one_limit()
    {
        using var redis = await RedisServer.StartAsync();
        await using var first = await StartAsync(redis);
        await using var second = await StartAsync(redis);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => StatusAsync(i % 2 == 0 ? first : second)));

        Assert.Equal(30, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(70, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Without_the_variable_each_process_has_a_limit_of_its_own()
    {
        await using var first = await SampleProcess.StartAsync();
        await using var second = await SampleProcess.StartAsync();

        Assert.Equal(3, await AdmittedAsync(first, 5));
        Assert.Equal(3, await AdmittedAsync(second, 5));
    }

    private static async Task<SampleProcess> StartAsync(RedisServer redis)
    {
        // One variable puts the sample on Redis. The others make the count exact on a machine that is busy with tests: a
        // limit that refills nothing meanwhile, and no fallback because a call was slow.
        var sample = await SampleProcess.StartAsync(
            ("SmartRateLimit__Redis", redis.ConnectionString),
            ("SmartRateLimit__Redis__Timeout", "30s"),
            ("SmartRateLimit__Policies__reports__Rate", "30/d"),
            ("SmartRateLimit__Policies__reports__OnBackendFailure", "Closed"));
        await Eventually.HoldsAsync(async () => await IsHealthyAsync(sample), TimeSpan.FromSeconds(30), "the sample decides on Redis");
        return sample;
    }

    private static async Task<bool> IsHealthyAsync(SampleProcess sample)
    {
        using var response = await sample.Client.GetAsync(new Uri("health", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Contains("\"redis.status\":\"Healthy\"", StringComparison.Ordinal) && text.Contains("\"redis.circuit\":\"Closed\"", StringComparison.Ordinal);
    }

    private static async Task<int> AdmittedAsync(SampleProcess sample, int count)
    {
        var admitted = 0;
        for (var i = 0; i < count; i++)
        {
            admitted += await StatusAsync(sample) == HttpStatusCode.OK ? 1 : 0;
        }

        return admitted;
    }

    private static async Task<HttpStatusCode> StatusAsync(SampleProcess sample)
    {
        using var response = await sample.Client.GetAsync(new Uri("api/reports/sales", UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
