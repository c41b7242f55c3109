using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace SmartRateLimit.MongoDB.Tests.Server;

public sealed class UseMongoDBTests(MongoServerFixture fixture)
{
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("policy", "5/w");

    public enum Way
    {
        Text,
        Database,
        Multi,
        Configuration,
    }

    [Theory]
    [InlineData(Way.Text)]
    [InlineData(Way.Database)]
    [InlineData(Way.Multi)]
    [InlineData(Way.Configuration)]
    public async Task Two_hosts_with_one_prefix_hold_one_limit(Way way)
    {
        var collection = MongoServerFixture.NewName();
        using var one = Host(way, collection);
        using var other = Host(way, collection);
        var admitted = 0;
        foreach (var limiter in (IRateLimiter[])[one.Services.GetRequiredService<IRateLimiter>(), other.Services.GetRequiredService<IRateLimiter>()])
        {
            for (var i = 0; i < 4; i++)
            {
                var decision = await limiter.AcquireAsync(Policy, "key", 1, TestContext.Current.CancellationToken);
                Assert.False(decision.IsDegraded);
                admitted += decision.IsAllowed ? 1 : 0;
            }
        }

        Assert.Equal(5, admitted);
    }

    [Theory]
    [InlineData("MongoDB:Nonsense", "1", "no setting of MongoDB")]
    [InlineData("MongoDB", "localhost:27017", "not valid")]
    [InlineData("MongoDB:Database", "limits", "no server is given")]
    [InlineData("MongoDB:WriteConcern", "0", "majority")]
    [InlineData("MongoDB:Timeout", "soon", "50ms")]
    public void A_bad_setting_stops_the_start_and_says_what_would_be_right(string key, string value, string right)
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["SmartRateLimit:" + key] = value;
        if (key is not "MongoDB" and not "MongoDB:Database")
        {
            builder.Configuration["SmartRateLimit:MongoDB:ConnectionString"] = "mongodb://localhost";
        }

        builder.Services.AddSmartRateLimit().AddSmartRateLimitMongoDB();
        using var host = builder.Build();
        var error = Assert.ThrowsAny<OptionsValidationException>(() => host.Services.GetRequiredService<IRateLimiter>());
        Assert.Contains(right, error.Message, StringComparison.Ordinal);
        Assert.Contains("SmartRateLimit:MongoDB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_concern_without_an_answer_is_refused()
    {
        using var client = new MongoClient("mongodb://localhost:1");
        var error = Assert.Throws<ArgumentException>(() => new MongoBackend(client.GetDatabase("limits"), new MongoBackendOptions { WriteConcern = WriteConcern.Unacknowledged }));
        Assert.Contains("WriteConcern.W1", error.Message, StringComparison.Ordinal);
    }

    private IHost Host(Way way, string collection)
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["SmartRateLimit:MongoDB"] = way == Way.Configuration ? fixture.ConnectionString : null;
        builder.Services.AddSmartRateLimit(options => _ = way switch
        {
            Way.Text => options.UseMongoDB(fixture.ConnectionString, Configure),
            Way.Database => options.UseMongoDB(fixture.Database, Configure),
            Way.Multi => options.UseMulti(multi => multi.AddMongoDB(fixture.ConnectionString, Configure).AddMemory()),
            _ => options,
        });
        builder.Services.AddSmartRateLimitMongoDB(Configure);
        return builder.Build();

        void Configure(MongoBackendOptions mongo)
        {
            (mongo.KeyPrefix, mongo.Collection, mongo.Timeout) = ("hosts", collection, TimeSpan.FromSeconds(10));
            mongo.Database = "smartratelimit-tests";
        }
    }
}
