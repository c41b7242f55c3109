namespace SmartRateLimit.Build.Tests;

/// <summary>Native code has no generator, no compiler and next to no reflection at run time: what it limits needs none.</summary>
[Collection(NativeApp.Collection)]
public sealed class NativeTests(NativeApp app)
{
    [Fact]
    public async Task Annotated_methods_decorators_and_every_numeric_case_run_as_native_code()
    {
        Assert.DoesNotContain("warning", app.Output, StringComparison.OrdinalIgnoreCase);

        var (status, printed) = await Tool.RunProgram(app.Program);

        Assert.True(status == 0, printed);
        Assert.Equal(
            ["methods: 2 of 5 printed, 3 counted, 1 sent", "decorator: 2 of 5 answered", "vectors: 52 passed"],
            printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(app.Program + ".dll"));
    }
}
