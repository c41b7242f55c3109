namespace SmartRateLimit.Build.Tests;

/// <summary>Native code has no generator, no compiler and next to no reflection at run time: what it limits needs none.</summary>
public sealed class NativeTests
{
    [Fact]
    public async Task Annotated_methods_decorators_and_every_numeric_case_run_as_native_code()
    {
        var folder = Directory.CreateTempSubdirectory("smartratelimit native ");
        try
        {
            var (exitCode, output) = await Tool.Run(
                Tool.RepositoryRoot, string.Empty, "publish", "samples/AotSmoke", "--nologo", "-p:BuildProjectReferences=false", "--configuration", Tool.Configuration, "--output", folder.FullName);
            Assert.True(exitCode == 0, output);
            Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);

            var (status, printed) = await Tool.RunProgram(Path.Combine(folder.FullName, "AotSmoke"));

            Assert.True(status == 0, printed);
            Assert.Equal(
                ["methods: 2 of 5 printed, 3 counted, 1 sent", "decorator: 2 of 5 answered", "vectors: 52 passed"],
                printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.False(File.Exists(Path.Combine(folder.FullName, "AotSmoke.dll")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
