namespace SmartRateLimit.Build.Tests;

/// <summary>
/// What the command-line compiler says. It stops before the analyzers when a partial method lacks its other part, so
/// only a real build shows whether a user reads our error or the compiler's.
/// </summary>
public sealed class BuildErrorTests
{
    private static readonly (string File, string Text)[] Sources =
    [
        ("Rate.cs", Class("Rate", """
                [RateLimited("100 per fortnight", Key = nameof(tenant))]
                public partial Task<int> GetAsync(string tenant);

                private Task<int> GetAsyncCore(string tenant) => Task.FromResult(tenant.Length);
            """)),
        ("NoCore.cs", Class("NoCore", """
                [RateLimited("100/m", Key = nameof(tenant))]
                public partial Task<int> GetAsync(string tenant);
            """)),
        ("Key.cs", Class("Key", """
                [RateLimited("100/m", Key = "tennant")]
                public partial Task<int> GetAsync(string tenant);

                private Task<int> GetAsyncCore(string tenant) => Task.FromResult(tenant.Length);
            """)),
        ("Plain.cs", Class("Plain", """
                [RateLimited("100/m", Key = nameof(tenant))]
                public Task<int> GetAsync(string tenant) => Task.FromResult(tenant.Length);
            """)),
    ];

    [Fact]
    public async Task A_wrong_annotation_fails_the_build_with_its_own_id_and_place()
    {
        using var project = new UserProject(Sources);

        var (exitCode, output) = await project.Build();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Rate.cs(7,27): error SRL001", output, StringComparison.Ordinal);
        Assert.Contains("NoCore.cs(8,30): error SRL011", output, StringComparison.Ordinal);
        Assert.Contains("Key.cs(7,34): error SRL002", output, StringComparison.Ordinal);
        Assert.Contains("Plain.cs(8,22): error SRL010", output, StringComparison.Ordinal);
        Assert.DoesNotContain("error CS", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_right_annotation_builds_without_a_warning()
    {
        using var project = new UserProject(("Right.cs", Class("Right", """
                [RateLimited("100/m", Key = nameof(tenant))]
                public partial Task<int> GetAsync(string tenant);

                private Task<int> GetAsyncCore(string tenant) => Task.FromResult(tenant.Length);
            """)));

        var (exitCode, output) = await project.Build();

        Assert.True(exitCode == 0 && output.Contains("0 Warning(s)", StringComparison.Ordinal), output);
    }

    private static string Class(string name, string members) => $$"""
        using SmartRateLimit;

        namespace User;

        public sealed partial class {{name}}(IRateLimiter limiter)
        {
        {{members}}
        }
        """;
}
