using System.Diagnostics;

namespace SmartRateLimit.Redis.Tests;

/// <summary>
/// A minute of the soak program, which runs for longer by hand: random faults of a real server, floods, clock steps and
/// changing settings.
/// </summary>
public sealed class SoakTests
{
    // Seen to fail: a hundred bytes were kept for each call; the fallback admitted everything; a sliding window held one
    // permit more, or was three hundredths shorter; a window of a clock that was set back stayed until it came again.
    [Fact]
    public async Task Under_random_faults_no_bound_is_broken_and_nothing_is_leaked()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SmartRateLimit.Soak.dll"), "--seconds", "60"]) { RedirectStandardOutput = true };
        using var program = Process.Start(start)!;

        var output = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(program.ExitCode == 0, output);
    }
}
