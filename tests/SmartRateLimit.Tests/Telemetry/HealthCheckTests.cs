using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SmartRateLimit.Tests.Configuration;
using SmartRateLimit.Tests.Remote;

namespace SmartRateLimit.Tests.Telemetry;

public sealed class HealthCheckTests
{
    [Fact]
    public async Task A_backend_that_decides_is_healthy_and_says_how_fast_it_is()
    {
        var entry = await CheckAsync(_ => { });

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal("Healthy", entry.Data["memory.status"]);
        Assert.InRange(Assert.IsType<double>(entry.Data["memory.latency_ms"]), 0, 10_000);
        Assert.DoesNotContain("memory.description", entry.Data.Keys);
    }

    [Fact]
    public async Task One_of_several_backends_that_cannot_decide_makes_it_degraded()
    {
        var entry = await CheckAsync(options => options.UseMemory().AddBackend("remote", new BrokenBackend()).AddBackend("other", new ThrowingBackend()));

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal("The rate limit cannot be kept by: remote, other.", entry.Description);
        Assert.Equal(["Healthy", "Unhealthy", "Unhealthy"], new[] { "memory", "remote", "other" }.Select(name => entry.Data[name + ".status"]));
        Assert.Equal(("no answer", 50.0), (entry.Data["remote.description"], entry.Data["remote.latency_ms"]));
        Assert.Equal("gone", entry.Data["other.description"]);
    }

    [Fact]
    public async Task Data_tell_the_state_of_a_circuit_and_of_each_of_several_backends()
    {
        using var bed = new RemoteBed();
        using var multi = new MultiBackend([new MemoryBackend(new MemoryBackendOptions { Name = "first" }), new ThrowingBackend()]);
        Assert.Equal("Closed", (await CheckAsync(options => options.AddBackend("remote", bed.Backend))).Data["remote.circuit"]);

        bed.Store.FailWith(FakeStore.Outage);
        await bed.Break(RemoteBed.Policy());
        var entry = await CheckAsync(options => options.AddBackend("remote", bed.Backend).AddBackend("all", multi));

        Assert.Equal(("Open", "Unhealthy"), (entry.Data["remote.circuit"], entry.Data["remote.status"]));
        Assert.Contains("all.first.status", entry.Data.Keys);
    }

    [Theory]
    [InlineData(HealthStatus.Unhealthy)]
    [InlineData(HealthStatus.Degraded)]
    public async Task No_backend_that_can_decide_is_what_the_registration_calls_a_failure(HealthStatus failure)
    {
        var entry = await CheckAsync(options => options.AddBackend("remote", new BrokenBackend()), failure);

        Assert.Equal(failure, entry.Status);
    }

    private static async Task<HealthReportEntry> CheckAsync(Action<SmartRateLimitOptions> configure, HealthStatus? failure = null)
    {
        using var app = new ConfiguredApp(configure: configure, register: services => services.AddHealthChecks().AddCheck<RateLimitHealthCheck>("limits", failure));
        var report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        return report.Entries["limits"];
    }
}
