using System.Text.Json;

namespace SmartRateLimit.Build.Tests.Packages;

/// <summary>Builds in which something annotated would go unlimited do not succeed.</summary>
public sealed class RefusalTests(PackedFeed feed)
{
    [Fact]
    public async Task A_wrong_rate_is_an_error_of_a_project_that_only_knows_the_package()
    {
        var (exitCode, output) = await BuildAsync("BadRate");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("error SRL001", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_from_which_the_generator_was_removed_stops()
    {
        var (exitCode, output) = await BuildAsync("Removed");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("error SRL900: This project can use [RateLimited], but", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-p:WarningLevel=9")]
    [InlineData("-p:NoWarn=CS8785")]
    [InlineData("-p:WarningsNotAsErrors=CS8785")]
    public async Task A_generator_that_fails_is_an_error_even_where_that_warning_is_silenced(string argument)
    {
        var (exitCode, output) = await BuildAsync("Failing", argument);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("error CS8785", output, StringComparison.Ordinal);
    }

    // No package of a partial feed holds a compiler that is newer than the SDK's, so the compiler is not asked here.
    [Fact]
    public async Task A_generator_that_the_compiler_cannot_load_is_an_error_even_where_that_warning_is_silenced()
    {
        var (_, output) = await feed.RunAsync(
            "msbuild", "Newest/Newest.csproj", "-restore", "-t:RequireSmartRateLimitGenerator", "-p:SmartRateLimitVersion=" + feed.Version, "-p:NoWarn=\"1591;CS9057\"", "-getProperty:NoWarn,WarningsAsErrors");

        using var properties = JsonDocument.Parse(output);
        var values = properties.RootElement.GetProperty("Properties");
        Assert.Contains("CS9057", values.GetProperty("WarningsAsErrors").GetString()!, StringComparison.Ordinal);
        Assert.Contains("1591", values.GetProperty("NoWarn").GetString()!, StringComparison.Ordinal);
        Assert.DoesNotContain("9057", values.GetProperty("NoWarn").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_SDK_that_is_too_old_is_named_with_what_is_needed()
    {
        var (exitCode, output) = await BuildAsync("BadRate", "-p:NETCoreSdkVersion=9.0.203");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("error SRL901: SmartRateLimit's generator needs the .NET SDK 9.0.300 or newer", output, StringComparison.Ordinal);
        Assert.Contains("but this is 9.0.203", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AnnotatedFSharp", "Annotated.fs : warning SRL902: In F#, [RateLimited] limits ASP.NET Core endpoints only")]
    [InlineData("AnnotatedVisualBasic", "Annotated.vb : warning SRL902: In VB, [RateLimited] limits ASP.NET Core endpoints only")]
    public async Task In_another_language_an_annotation_is_said_to_limit_endpoints_only(string project, string warning)
    {
        var (exitCode, output) = await BuildAsync(project);

        Assert.True(exitCode == 0, output);
        Assert.Contains(warning, output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> BuildAsync(string name, params string[] arguments)
    {
        var folder = Path.Combine("Refused", name);
        var project = Directory.GetFiles(Path.Combine(feed.Consumers, folder), "*.*proj").Single();
        return feed.BuildAsync(project, arguments);
    }
}
