using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SmartRateLimit.Tests.Multi;

namespace SmartRateLimit.Tests.Configuration;

/// <summary>Backends that configuration lists, in place of those of code.</summary>
public sealed class ConfiguredBackendTests
{
    [Fact]
    public void A_listed_kind_takes_the_place_of_what_code_registered()
    {
        var made = new List<string>();
        using var app = Start(made, options => options.AddBackend("code", _ => throw new InvalidOperationException("was made")), ("Backends:0", "MEMORY"));

        Assert.True(app.Limiter.Acquire(RateLimitPolicy.Parse("p", "1/s"), "k").IsAllowed);
    }

    [Fact]
    public void The_section_of_a_kind_alone_chooses_it()
    {
        var made = new List<string>();
        using var app = Start(made, options => options.UseMemory(), ("Store", "here:1"));

        Assert.True(app.Limiter.Acquire(RateLimitPolicy.Parse("p", "1/s"), "k").IsAllowed);
        Assert.Equal(["here:1"], made);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void An_empty_section_of_a_kind_chooses_nothing(string? value)
    {
        var made = new List<string>();
        using var app = Start(made, null, ("Store", value));

        Assert.True(app.Limiter.Acquire(RateLimitPolicy.Parse("p", "1/s"), "k").IsAllowed);
        Assert.Empty(made);
    }

    [Fact]
    public void A_list_decides_over_a_section_and_its_order_is_the_preference()
    {
        var made = new List<string>();
        using var app = Start(made, null, ("Store", "here:1"), ("Backends:0", "memory"), ("Backends:1", "store"));
        var decision = app.Limiter.Acquire(RateLimitPolicy.Parse("p", "5/s"), "k");

        Assert.False(decision.IsDegraded);
        Assert.Equal(4, decision.Remaining);
        Assert.Equal(["here:1"], made);
    }

    [Fact]
    public void Of_several_the_next_decides_when_the_first_cannot()
    {
        var failing = new FailingBackend("first", TimeProvider.System) { Failure = new IOException("down") };
        using var app = Start([], options => options.AddBackend("first", failing).UseMemory(), ("Backends:0", "first"), ("Backends:1", "memory"));
        var decision = app.Limiter.Acquire(RateLimitPolicy.Parse("p", "5/s"), "k");

        Assert.True(decision.IsDegraded);
        Assert.Equal(4, decision.Remaining);
    }

    [Fact]
    public void The_strategy_is_the_configured_one()
    {
        using var app = Start([], options => options.AddBackend("a", Memory("a")).AddBackend("b", Memory("b")), ("Backends:0", "a"), ("Backends:1", "b"), ("Strategy", "roundrobin"));
        var remaining = Enumerable.Range(0, 4).Select(_ => app.Limiter.Acquire(RateLimitPolicy.Parse("p", "5/d"), "k").Remaining);

        Assert.Equal([4, 4, 3, 3], remaining);
    }

    [Theory]
    [InlineData("Backends:0", "stor", "SmartRateLimit:Backends:0 is \"stor\"; did you mean store?")]
    [InlineData("Backends:0", "elsewhere", "SmartRateLimit:Backends:0 is \"elsewhere\"; known are store, memory.")]
    [InlineData("Backends:0", "redis", "SmartRateLimit:Backends:0 is \"redis\"; add the package SmartRateLimit.Redis and call builder.Services.AddSmartRateLimitRedis().")]
    [InlineData("MongoDB", "mongodb://localhost", "SmartRateLimit:MongoDB is the section of a backend that is not there; add the package SmartRateLimit.MongoDB and call builder.Services.AddSmartRateLimitMongoDB().")]
    [InlineData("Redis", "localhost:6379", "SmartRateLimit:Redis is the section of a backend that is not there; add the package SmartRateLimit.Redis and call builder.Services.AddSmartRateLimitRedis().")]
    [InlineData("Backends", "memory", "SmartRateLimit:Backends is \"memory\", but it takes a list; write SmartRateLimit:Backends:0, SmartRateLimit:Backends:1 and so on.")]
    [InlineData("Backends:1", "memory", "SmartRateLimit:Backends:1 is \"memory\", which is listed already; list each backend once.")]
    [InlineData("Backends:1", "", "SmartRateLimit:Backends:1 is empty; write a name.")]
    [InlineData("Strategy", "Fastest", "SmartRateLimit:Strategy is \"Fastest\"; write one of FirstHealthy, RoundRobin.")]
    [InlineData("Store", "nowhere", "SmartRateLimit:Store: \"nowhere\" is no place.")]
    public void What_is_wrong_stops_the_start_and_is_named(string key, string value, string expected)
    {
        (string, string?)[] settings = key == "Backends:1" ? [("Backends:0", "memory"), (key, value)] : [(key, value)];
        using var app = Start([], null, settings);
        var error = Assert.Throws<OptionsValidationException>(() => app.Limiter);

        Assert.Contains(expected, error.Failures);
    }

    [Fact]
    public void A_change_is_told_and_waits_for_the_next_start_and_a_wrong_one_is_refused()
    {
        var made = new List<string>();
        using var app = Start(made, null, ("Store", "here:1"));
        _ = app.Limiter;

        app.Change(("Store", "there:2"));
        Assert.Contains(app.Log.At(LogLevel.Warning), entry => entry.Contains("backends", StringComparison.Ordinal) && entry.Contains("starts again", StringComparison.Ordinal));
        app.Change(("Store", "nowhere"), ("Policies:p:Rate", "9/s"));
        Assert.Contains(app.Log.At(LogLevel.Error), entry => entry.Contains("is no place", StringComparison.Ordinal));
        Assert.Equal(5, app.Limit("p"));
        Assert.Equal(["here:1"], made);
    }

    [Fact]
    public async Task Health_names_the_backends_that_are_configured()
    {
        using var app = Start([], null, ("Backends:0", "store"), ("Backends:1", "memory"), ("Store", "here:1"));
        var found = await HealthAsync(app);

        Assert.Equal(HealthStatus.Healthy, found.Status);
        Assert.Equal(["Healthy", "Healthy", "Healthy"], new[] { "multi.status", "multi.store.status", "multi.memory.status" }.Select(key => found.Data[key]));
    }

    [Fact]
    public async Task One_of_several_that_cannot_decide_is_degraded_health()
    {
        var failing = new FailingBackend("first", TimeProvider.System) { Failure = new IOException("down") };
        using var app = Start([], options => options.AddBackend("first", failing), ("Backends:0", "first"), ("Backends:1", "memory"));
        var found = await HealthAsync(app);

        Assert.Equal(HealthStatus.Degraded, found.Status);
        Assert.Equal(["Unhealthy", "Healthy"], new[] { "multi.first.status", "multi.memory.status" }.Select(key => found.Data[key]));
    }

    private static Task<HealthCheckResult> HealthAsync(ConfiguredApp app)
    {
        var check = app.Services.GetRequiredService<RateLimitHealthCheck>();
        return check.CheckHealthAsync(
            new HealthCheckContext { Registration = new HealthCheckRegistration("limits", check, null, null) }, TestContext.Current.CancellationToken);
    }

    private static MemoryBackend Memory(string name) => new(new MemoryBackendOptions { Name = name });

    private static ConfiguredApp Start(List<string> made, Action<SmartRateLimitOptions>? configure, params (string Key, string? Value)[] settings) =>
        new(ConfiguredApp.Settings(settings), configure, services => services.AddRateLimitBackendKind("store", (options, section) =>
        {
            var place = section.Value;
            if (place == "nowhere")
            {
                throw new FormatException($"\"{place}\" is no place.");
            }

            options.AddBackend("store", _ =>
            {
                made.Add(place ?? "default");
                return Memory("store");
            });
        }));
}
