using System.Diagnostics;

namespace SmartRateLimit.Tests.Simulation;

/// <summary>
/// The shipped coalescer, refusal memory, breaker, fallbacks and <see cref="MultiBackend"/> on simulated nodes, wires,
/// stores and clocks. It runs as a program of its own, whose thread pool has one worker, so that a seed always takes
/// the same course. Each rule was seen broken: by decisions handed to the wrong caller, refusals remembered too long, a
/// probe that is never made, a time budget that is not kept, a fallback that admits whatever it is asked or throws, callers
/// who are forgotten when the call before theirs fails, and a store that admits one more.
/// </summary>
[Trait("Category", "Long")]
public sealed class SimulationTests
{
    // Seen to fail: each rule, by what the class says.
    [Fact]
    public async Task No_rule_is_broken_however_nodes_wires_stores_and_clocks_fail()
    {
        var (exitCode, output) = await RunAsync("--seeds", "500");

        Assert.True(exitCode == 0, output);
        Assert.Contains(" 0 seeds broke a rule", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_always_takes_the_same_course()
    {
        var first = await RunAsync("--first", "7000", "--seeds", "20");
        var second = await RunAsync("--first", "7000", "--seeds", "20");

        Assert.Equal(first, second);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SmartRateLimit.Simulation.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
