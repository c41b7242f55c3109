namespace SmartRateLimit.Build.Tests.Packages;

/// <summary>Projects that only know the packages build without a warning, and what they annotate is limited when they run.</summary>
public sealed class ConsumerTests(PackedFeed feed, BuiltConsumers built) : IClassFixture<BuiltConsumers>
{
    private const string Limited = "yes yes no: ";

    [Fact]
    public void They_build_without_a_warning()
    {
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Contains("0 Warning(s)", built.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Newest", "with the newest language and platform")]
    [InlineData("Net8", "for .NET 8 in C# 12", "net8.0")]
    [InlineData("Strict", "with every analyzer on and warnings as errors")]
    [InlineData("A path with spaces", "without implicit usings and nullable, below a path with spaces")]
    [InlineData("Through", "with the attribute through a library's reference")]
    [InlineData("Excluded", "with analyzers excluded by the reference")]
    [InlineData("OnlyRedis", "with the Redis package alone")]
    [InlineData("OnlyHttp", "with the HTTP package alone")]
    [InlineData("FSharp", "from F# through a C# library")]
    public async Task A_program_is_limited(string folder, string kind, string framework = "net10.0")
    {
        Assert.True(built.ExitCode == 0, built.Output);

        var (exitCode, output) = await RunAsync(folder, framework);

        Assert.True(exitCode == 0 && output.StartsWith(Limited, StringComparison.Ordinal), $"A program {kind} printed: {output}");
    }

    [Fact]
    public async Task A_web_application_that_references_only_the_web_package_is_limited()
    {
        Assert.True(built.ExitCode == 0, built.Output);

        var (exitCode, output) = await RunAsync("Web", "net10.0");

        Assert.Equal((0, "200 200 429 200 200 429"), (exitCode, output.Trim()));
    }

    private Task<(int ExitCode, string Output)> RunAsync(string folder, string framework)
    {
        var program = folder.Contains(' ', StringComparison.Ordinal) ? "Plain" : folder;
        return feed.RunAsync("exec", Path.Combine(folder, "bin", "Release", framework, program + ".dll"));
    }
}
