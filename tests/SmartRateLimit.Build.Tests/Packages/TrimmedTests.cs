namespace SmartRateLimit.Build.Tests.Packages;

/// <summary>A web application that keeps only the code it uses, with handlers that a generator wrote.</summary>
public sealed class TrimmedTests(PackedFeed feed)
{
    [Fact]
    public async Task A_trimmed_web_application_publishes_without_a_warning_and_is_limited()
    {
        var project = Path.Combine("Published", "TrimmedWeb");

        var (exitCode, output) = await feed.RunAsync(
            "publish", project, "--nologo", "--configuration", "Release", "--use-current-runtime", "--output", Path.Combine(project, "out"), "-p:SmartRateLimitVersion=" + feed.Version);
        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);

        var (status, printed) = await Tool.RunProgram(Path.Combine(feed.Consumers, project, "out", "TrimmedWeb"));
        Assert.Equal((0, "200 200 429 200 200 429 200 429 429"), (status, printed.Trim()));
    }
}
