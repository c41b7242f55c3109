using System.Net;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;
using SmartRateLimit.AspNetCore.Tests.Fixture;
using SmartRateLimit.Servers.Processes;

namespace SmartRateLimit.AspNetCore.Tests;

public sealed class ConfigurationTests
{
    [Fact]
    public async Task A_default_rate_limits_every_request_also_those_without_an_endpoint()
    {
        await using var app = await StartAsync(("DefaultRate", "3/h"));

        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/a"));
        Assert.Equal(HttpStatusCode.NotFound, await app.StatusAsync("/nowhere"));
        Assert.Equal(1, await app.AdmittedAsync("/b", 3));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusAsync("/nowhere"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/a", "192.0.2.2"));
    }

    [Fact]
    public async Task The_most_specific_rule_replaces_the_default()
    {
        await using var app = await StartAsync(
            ("DefaultRate", "1/h"),
            ("Rules:0:Path", "/v1"),
            ("Rules:0:Rate", "2/h"),
            ("Rules:1:Path", "/v1/long"),
            ("Rules:1:Rate", "3/h"),
            ("Rules:2:Path", "/v1/items/{id}"),
            ("Rules:2:Rate", "4/h"));

        Assert.Equal(1, await app.AdmittedAsync("/a", 9));
        Assert.Equal(2, await app.AdmittedAsync("/v1/x", 9));
        Assert.Equal(3, await app.AdmittedAsync("/v1/long/x", 9));
        Assert.Equal(4, await app.AdmittedAsync("/v1/items/1", 9));
    }

    [Fact]
    public async Task A_prefix_ends_at_a_segment()
    {
        await using var app = await StartAsync(("Rules:0:Path", "/a"), ("Rules:0:Rate", "1/h"));

        Assert.Equal(1, await app.AdmittedAsync("/a", 3));
        Assert.Equal(3, await app.AdmittedAsync("/ab", 3));
    }

    // Seen to fail: a rule looked at the path as it was sent.
    [Fact]
    public async Task Doubled_slashes_do_not_lead_around_a_rule()
    {
        await using var app = await StartAsync(("Rules:0:Path", "/any/x"), ("Rules:0:Rate", "1/h"));

        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/any/x"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusAsync("/any//x"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusAsync("/any///x"));
    }

    [Fact]
    public async Task Skipped_paths_and_other_methods_are_left_alone()
    {
        await using var app = await StartAsync(("DefaultRate", "1/h"), ("SkipPaths:0", "/b"), ("Methods:0", "get"));
        using var post = new HttpRequestMessage(HttpMethod.Post, "/a");
        post.Headers.Add("X-Test-Ip", "192.0.2.1");

        Assert.Equal(1, await app.AdmittedAsync("/a", 3));
        Assert.Equal(3, await app.AdmittedAsync("/b", 3));
        using var response = await app.Client.SendAsync(post, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task A_skipped_path_does_not_open_a_limited_endpoint()
    {
        await using var app = await StartAsync(("DefaultRate", "5/h"), ("SkipPaths:0", "/limited"));

        Assert.Equal(1, await app.AdmittedAsync("/limited", 3));
    }

    [Fact]
    public async Task A_rule_may_have_a_key_and_settings_of_its_own()
    {
        await using var app = await StartAsync(
            ("Rules:0:Path", "/a"),
            ("Rules:0:Rate", "1/h"),
            ("Rules:0:Key", "http:user|http:ip"),
            ("Rules:0:Burst", "2"),
            ("Rules:0:Algorithm", "tokenbucket"),
            ("Rules:0:Name", "named"));

        Assert.Equal(2, await app.AdmittedAsync("/a", 5));
        using var response = await app.SendAsync("/a", user: "ann");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("\"named\";r=1", response.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configuration_wins_over_code()
    {
        await using var app = await StartAsync(options => options.DefaultRate = "9/h", ("DefaultRate", "2/h"));

        Assert.Equal(2, await app.AdmittedAsync("/a", 9));
    }

    [Theory]
    [InlineData("DefaultRatio", "1/h", "SmartRateLimit:Http:DefaultRatio", "DefaultRate")]
    [InlineData("Rules:0:Rat", "1/h", "SmartRateLimit:Http:Rules:0:Rat", "Rate")]
    [InlineData("DefaultRate", "1/fortnight", "SmartRateLimit:Http:DefaultRate", "second")]
    [InlineData("Key", "header", "SmartRateLimit:Http:Key", "sources such as http:ip")]
    [InlineData("Key", "header:", "SmartRateLimit:Http:Key", "lacks a name")]
    [InlineData("Block", "maybe", "SmartRateLimit:Http:Block", "true or false")]
    [InlineData("IPv6PrefixLength", "129", "SmartRateLimit:Http:IPv6PrefixLength", "from 1 to 128")]
    [InlineData("IPv6PrefixLength", "-1", "SmartRateLimit:Http:IPv6PrefixLength", "whole number")]
    [InlineData("SkipPaths:0", "/", "SmartRateLimit:Http:SkipPaths:0", "would skip every path")]
    [InlineData("SkipPaths:0", "health", "SmartRateLimit:Http:SkipPaths:0", "start with a slash")]
    [InlineData("SkipPaths", "/health", "SmartRateLimit:Http:SkipPaths", "a section or list")]
    [InlineData("Methods", "POST", "SmartRateLimit:Http:Methods", "a section or list")]
    [InlineData("Rules", "/a=1/h", "SmartRateLimit:Http:Rules", "a section or list")]
    [InlineData("TenantSource", "http:tenant", "SmartRateLimit:Http:TenantSource", "header:name")]
    [InlineData("Rules:0:Algorithm", "7", "SmartRateLimit:Http:Rules:0:Algorithm", "TokenBucket")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string value, string named, string right)
    {
        var settings = key.StartsWith("Rules:", StringComparison.Ordinal)
            ? new[] { ("Rules:0:Path", "/a"), ("Rules:0:Rate", "1/h"), (key, value) }
            : [(key, value)];
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(settings));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(right, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("api")]
    [InlineData("{id}")]
    public async Task A_rule_without_a_path_is_named(string? path)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options =>
            options.Rules.Add(new HttpRateLimitRule { Path = path!, Rate = "1/h" })));

        Assert.Contains("SmartRateLimit:Http:Rules:0:Path", error.Message, StringComparison.Ordinal);
        Assert.Contains("start with a slash", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_section_that_is_a_value_stops_the_start()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(
            web => web.UseSmartRateLimit(),
            builder => builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("SmartRateLimit:Http", (string?)"100/m")])));

        Assert.Contains("\"SmartRateLimit:Http\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("a section or list", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_wrong_is_named_at_once()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            ("Rules:0:Path", "a"), ("Rules:0:Rate", "x"), ("Rules:1:Path", "/b"), ("IPv6PrefixLength", "0")));

        Assert.Equal(
            ["SmartRateLimit:Http:IPv6PrefixLength", "SmartRateLimit:Http:Rules:0:Path", "SmartRateLimit:Http:Rules:0:Rate", "SmartRateLimit:Http:Rules:1:Rate"],
            error.Failures.Select(failure => failure[..failure.IndexOf(": ", StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task A_change_applies_live_and_a_wrong_one_leaves_the_last_good_in_force()
    {
        await using var app = await StartAsync(("DefaultRate", "1/h"));
        Assert.Equal(1, await app.AdmittedAsync("/a", 3));

        Change(app, "DefaultRate", "5/h");
        Assert.Equal(5, await app.AdmittedAsync("/a", 9, "192.0.2.9"));

        Change(app, "DefaultRate", "nonsense");
        Assert.Equal(5, await app.AdmittedAsync("/a", 9, "192.0.2.10"));
        Assert.True(app.Logs.Has(LogLevel.Error, "last good settings stay"));

        Change(app, "Key", "http:tenant");
        Change(app, "DefaultRate", "2/h");
        Assert.Equal(5, await app.AdmittedAsync("/a", 9, "192.0.2.11"));
    }

    // Seen to fail: a section that was gone counted as an empty one.
    [Theory]
    [InlineData("")]
    [InlineData("{ \"SmartRateLimit\": { \"Http\": { \"Defau")]
    [InlineData("{ \"SmartRateLimit\": { \"Enabled\": true } }")]
    [InlineData("{ \"SmartRateLimit\": { \"Http\": { \"DefaultRat\": \"9/h\" } } }")]
    [InlineData(null)]
    public async Task A_file_that_is_torn_deleted_or_loses_its_section_leaves_the_last_good_in_force_until_it_is_whole(string? text)
    {
        var folder = Directory.CreateTempSubdirectory("http-settings");
        try
        {
            var file = Path.Combine(folder.FullName, "limits.json");
            await WriteAsync(file, """{ "SmartRateLimit": { "Http": { "DefaultRate": "3/h" } } }""");
            await using var app = await TestApp.StartAsync(
                web =>
                {
                    web.UseSmartRateLimit();
                    web.MapGet("/a", () => "ok");
                },
                builder => builder.Configuration.AddJsonFile(source =>
                {
                    source.Path = file;
                    source.Optional = true;
                    source.ReloadOnChange = true;
                    source.ReloadDelay = 50;
                    source.ResolveFileProvider();
                    source.OnLoadException = context => context.Ignore = true;
                }));
            Assert.Equal(3, await app.AdmittedAsync("/a", 5));

            await WriteAsync(file, text);
            await Eventually.HoldsAsync(() => Task.FromResult(app.Logs.Has(LogLevel.Error, "last good settings stay")), TimeSpan.FromSeconds(30), "the loss is logged");
            Assert.Equal(3, await app.AdmittedAsync("/a", 5, "192.0.2.2"));

            await WriteAsync(file, """{ "SmartRateLimit": { "Http": { "DefaultRate": "4/h" } } }""");
            var caller = 0;
            await Eventually.HoldsAsync(async () => await app.AdmittedAsync("/a", 6, $"198.51.100.{++caller % 256}") == 4, TimeSpan.FromSeconds(30), "the whole file applies");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_pattern_that_matches_no_endpoint_is_logged()
    {
        await using var app = await StartAsync(("Rules:0:Path", "/gone/{id}"), ("Rules:0:Rate", "1/h"), ("Rules:1:Path", "/V1/Items/{id}"), ("Rules:1:Rate", "1/h"));

        Assert.True(app.Logs.Has(LogLevel.Warning, "/gone/{id}"));
        Assert.False(app.Logs.Has(LogLevel.Warning, "/V1/Items/{id}"));
    }

    // Seen to fail: keys were not checked.
    [Fact]
    public async Task An_unknown_api_key_falls_to_the_next_source()
    {
        await using var app = await StartAsync(options =>
        {
            options.DefaultRate = "1/h";
            options.Key = "http:apikey|http:ip";
            options.ApiKeySource = "header:X-Api-Key|query:key";
            options.ValidateApiKey = (_, key) => key.StartsWith("known", StringComparison.Ordinal);
        });

        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/a?key=known1"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/a?key=known2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusAsync("/a?key=known1"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/a?key=random1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusAsync("/a?key=random2"));
    }

    [Fact]
    public async Task A_key_function_of_the_options_is_the_key()
    {
        await using var app = await StartAsync(options =>
        {
            options.DefaultRate = "1/h";
            options.KeyFunction = context => context.Request.Query["who"];
        });

        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/a?who=1"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/b?who=2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusAsync("/b?who=1"));
    }

    [Fact]
    public async Task A_configuration_that_outlives_the_application_no_longer_sets_it()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("SmartRateLimit:Http:DefaultRate", (string?)"3/h")]).Build();
        var app = await TestApp.StartAsync(web => web.UseSmartRateLimit(), builder => builder.Services.AddSmartRateLimit(root));
        Change(root, "DefaultRate", "3 a fortnight");
        var told = Refusals();
        await app.DisposeAsync();
        Change(root, "DefaultRate", "4 a fortnight");

        Assert.NotEqual(0, told);
        Assert.Equal(told, Refusals());

        int Refusals() => app.Logs.Entries.Count(entry => entry.Message.Contains("fortnight", StringComparison.Ordinal) || entry.Level >= LogLevel.Warning);
    }

    private static Task<TestApp> StartAsync(params (string Key, string Value)[] settings) => StartAsync(null, settings);

    private static Task<TestApp> StartAsync(Action<HttpRateLimitOptions>? configure, params (string Key, string Value)[] settings) => TestApp.StartAsync(
        app =>
        {
            app.UseSmartRateLimit(configure);
            foreach (var path in new[] { "/a", "/ab", "/b", "/any/{**rest}", "/v1/x", "/v1/long/x", "/v1/items/{id}" })
            {
                app.MapGet(path, (RequestDelegate)(context => context.Response.WriteAsync("ok")));
            }

            app.MapGet("/limited", [RateLimited("1/h", Key = HttpKey.Ip)] () => "ok");
        },
        builder => builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create("SmartRateLimit:Http:" + setting.Key, (string?)setting.Value))));

    private static void Change(TestApp app, string key, string value) =>
        Change((IConfigurationRoot)app.Services.GetRequiredService<IConfiguration>(), key, value);

    private static void Change(IConfigurationRoot root, string key, string value)
    {
        var provider = root.Providers.OfType<MemoryConfigurationProvider>().Last();
        provider.Set("SmartRateLimit:Http:" + key, value);
        root.Reload();
    }

    private static async Task WriteAsync(string file, string? text)
    {
        if (text is null)
        {
            File.Delete(file);
        }
        else
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }
    }
}
