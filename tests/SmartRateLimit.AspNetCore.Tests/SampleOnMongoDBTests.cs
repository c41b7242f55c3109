using System.Net;
using Microsoft.Extensions.Options;
using SmartRateLimit.AspNetCore.Tests.Fixture;
using SmartRateLimit.Servers.MongoDB;
using SmartRateLimit.Servers.Processes;
using WebApi;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>The sample and MongoDB, which a build may have left out.</summary>
public sealed class SampleOnMongoDBTests
{
    private static readonly bool IsBuilt = Array.Exists(typeof(Application).Assembly.GetReferencedAssemblies(), assembly => assembly.Name == "SmartRateLimit.MongoDB");

    [Fact]
    public async Task A_build_that_left_it_out_refuses_to_start_and_says_why()
    {
        Assert.SkipWhen(IsBuilt, "MongoDB was built.");
        var error = await Assert.ThrowsAnyAsync<OptionsValidationException>(async () =>
        {
            await using var app = Application.Build(["--urls=http://127.0.0.1:0", "--SmartRateLimit:MongoDB=mongodb://localhost:27017"]);
            await app.StartAsync(TestContext.Current.CancellationToken);
        });
        Assert.Contains("SmartRateLimit:MongoDB", error.Message, StringComparison.Ordinal);
        Assert.Contains("left MongoDB out", error.Message, StringComparison.Ordinal);
        Assert.Contains("WithMongoDB=true", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_with_one_variable_hold_one_limit()
    {
        var given = Environment.GetEnvironmentVariable("SMARTRATELIMIT_TEST_MONGODB");
        Assert.SkipUnless(IsBuilt, "MongoDB was left out of this build.");
        Assert.SkipWhen(string.IsNullOrEmpty(given) && MongoServer.Program is null, "There is no MongoDB: set SMARTRATELIMIT_TEST_MONGODB, or put mongod on the path.");
        using var own = string.IsNullOrEmpty(given) ? await MongoServer.StartAsync() : null;
        var (servers, collection) = (own?.ConnectionString ?? given!, "sample-" + Guid.NewGuid().ToString("N"));
        await using var first = await StartAsync(servers, collection);
        await using var second = await StartAsync(servers, collection);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => StatusAsync(i % 2 == 0 ? first : second)));

        Assert.Equal(30, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(70, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
    }

    private static async Task<SampleProcess> StartAsync(string servers, string collection)
    {
        // The section stands for the one variable; the rest makes the count exact on a machine that is busy with tests.
        var sample = await SampleProcess.StartAsync(
            ("SmartRateLimit__MongoDB", servers),
            ("SmartRateLimit__MongoDB__Collection", collection),
            ("SmartRateLimit__MongoDB__Timeout", "30s"),
            ("SmartRateLimit__Policies__reports__Rate", "30/d"),
            ("SmartRateLimit__Policies__reports__OnBackendFailure", "Closed"));
        await Eventually.HoldsAsync(async () => await IsHealthyAsync(sample), TimeSpan.FromSeconds(30), "the sample decides on MongoDB");
        return sample;
    }

    private static async Task<bool> IsHealthyAsync(SampleProcess sample)
    {
        using var response = await sample.Client.GetAsync(new Uri("health", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Contains("\"mongodb.status\":\"Healthy\"", StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(SampleProcess sample)
    {
        using var response = await sample.Client.GetAsync(new Uri("api/reports/sales", UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
