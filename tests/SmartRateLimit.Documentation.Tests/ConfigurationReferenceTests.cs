using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SmartRateLimit.Documentation.Tests;

/// <summary>The reference lists the settings that are read, all of them and no other. The product itself says which: an unknown key is answered with the known ones.</summary>
public sealed partial class ConfigurationReferenceTests
{
    private static readonly string Page = Repository.Read("docs/configuration.md");

    // The driver of MongoDB is not to be had everywhere, so its kind is not registered here.
    [Fact]
    public async Task Every_setting_of_the_limiter_is_listed() => Assert.Equal(Sorted(Rows(0).Where(name => name != "MongoDB")), await KnownAsync(""));

    [Fact]
    public async Task Every_setting_of_a_policy_is_listed() => Assert.Equal(Sorted(Names(Between("A policy takes", "stays as declared"))), await KnownAsync("Policies:some:"));

    [Fact]
    public async Task Every_setting_of_the_middleware_is_listed() => Assert.Equal(Sorted(Rows(1)), await KnownAsync("Http:"));

    [Fact]
    public async Task Every_setting_of_a_rule_is_listed() => Assert.Equal(Sorted(Names(Between("| `Rules` | none |", "|\n"))), await KnownAsync("Http:Rules:0:"));

    [Fact]
    public async Task Every_setting_of_Redis_is_listed() => Assert.Equal(Sorted(Names(Between("or is a section of", "(`50ms`)"))), await KnownAsync("Redis:", KeyValuePair.Create("SmartRateLimit:Redis:Configuration", (string?)"localhost:6379")));

    private static async Task<IEnumerable<string>> KnownAsync(string section, params KeyValuePair<string, string?>[] others)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create($"SmartRateLimit:{section}Unheard-of", (string?)"1"), .. others]);
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSmartRateLimitRedis();
        builder.Services.AddSmartRateLimit();
        await using var app = builder.Build();
        var error = await Assert.ThrowsAnyAsync<Exception>(() =>
        {
            app.UseSmartRateLimit();
            return app.StartAsync(TestContext.Current.CancellationToken);
        });

        return Sorted(Known().Match(error.Message).Groups["name"].Captures.Select(capture => capture.Value));
    }

    private static IEnumerable<string> Rows(int table) =>
        Table().Matches(Page)[table].Groups["row"].Captures.SelectMany(row => Names(row.Value.Split('|')[1]));

    private static IEnumerable<string> Names(string text) => Name().Matches(text).Select(match => match.Groups["name"].Value);

    private static string Between(string start, string end)
    {
        var from = Page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return Page[from..Page.IndexOf(end, from, StringComparison.Ordinal)];
    }

    // Keys match in any case, and backends of code are named in small letters.
    private static IEnumerable<string> Sorted(IEnumerable<string> names) => names.Select(name => name.ToUpperInvariant()).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"(there are|expected one of) (?<name>\w+)(, (?<name>\w+))*\.")]
    private static partial Regex Known();

    [GeneratedRegex(@"\| key \| default \| meaning \|\n\|---\|---\|---\|\n(?<row>\|[^\n]*\n)+")]
    private static partial Regex Table();

    [GeneratedRegex(@"`(?<name>[A-Z]\w*)(:[^`]*)?`")]
    private static partial Regex Name();
}
