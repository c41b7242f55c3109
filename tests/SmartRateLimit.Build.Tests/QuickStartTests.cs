namespace SmartRateLimit.Build.Tests;

/// <summary>The README's first command, run as a user runs it.</summary>
public sealed class QuickStartTests
{
    [Fact]
    public async Task Without_input_it_shows_calls_admitted_and_rejected_under_each_algorithm()
    {
        var output = await Run(string.Empty);

        Assert.Contains("token bucket", output, StringComparison.Ordinal);
        Assert.Contains("fixed window", output, StringComparison.Ordinal);
        Assert.Contains("sliding window", output, StringComparison.Ordinal);
        Assert.Contains("+ yes, 4 left", output, StringComparison.Ordinal);
        Assert.Contains("- no, retry in", output, StringComparison.Ordinal);
        Assert.Contains("page 6 rejected", output, StringComparison.Ordinal);
        Assert.Contains("page 5 printed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_piped_line_is_one_call_by_that_caller()
    {
        var output = await Run(string.Concat(Enumerable.Repeat("ann\n", 20)) + "bob\n");

        AssertCalls(21, output);
        Assert.Contains(output.Split('\n'), line => line.Contains("bob", StringComparison.Ordinal) && line.Contains("+ yes, 4 left", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_line_of_a_file_is_one_call_by_that_caller()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("ann\n", 20)), TestContext.Current.CancellationToken);

        var output = await Run(string.Empty, file);

        File.Delete(file);
        AssertCalls(20, output);
    }

    // How many of them pass depends on how busy the machine is: the bucket refills while they are made.
    private static void AssertCalls(int expected, string output)
    {
        var admitted = output.Split("+ yes").Length - 1;
        var rejected = output.Split("- no").Length - 1;
        Assert.Equal(expected, admitted + rejected);
        Assert.True(admitted >= 5 && rejected > 0, output);
        Assert.Contains($"{admitted} calls admitted, {rejected} rejected.", output, StringComparison.Ordinal);
    }

    private static async Task<string> Run(string input, params string[] arguments)
    {
        string[] command =
        [
            "run", "--no-build", "--configuration", Tool.Configuration, "--project", "samples/QuickStart", "--", .. arguments,
        ];
        var (exitCode, output) = await Tool.Run(Tool.RepositoryRoot, input, command);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
