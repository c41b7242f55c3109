using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace SmartRateLimit.Build.Tests;

/// <summary>
/// What a call takes in instructions of native code, as callgrind counts them: alike in every run, whatever else the
/// machine does. The native compiler inlines less than the one at run time, so these are no figures to be proud of; they
/// show that a change made the way longer. After one that is meant, write down the new figure.
/// </summary>
[Collection(NativeApp.Collection)]
public sealed partial class InstructionTests(NativeApp app)
{
    private const int Calls = 10_000;
    // Compilers differ a little; what is much shorter than it was deserves a new figure.
    private const double Least = 0.8;
    private const double Most = 1.05;

    private static readonly string[] Places = ["/usr/bin/valgrind", "/usr/local/bin/valgrind"];

    // Seen to fail: the hash of a key was mixed once more than it need be.
    [Theory]
    [InlineData("annotated", 769)]
    [InlineData("three rates", 2453)]
    [InlineData("rejected", 1178)]
    public async Task A_call_takes_no_more_instructions_than_it_took(string way, int known)
    {
        Assert.SkipUnless(RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && RuntimeInformation.ProcessArchitecture == Architecture.X64, "The figures are those of Linux on x64.");
        var valgrind = Array.Find(Places, File.Exists);
        Assert.SkipWhen(valgrind is null && Environment.GetEnvironmentVariable("CI") != "true", "Valgrind is not installed.");
        Assert.NotNull(valgrind);

        var few = await CountAsync(valgrind, way, Calls);
        var twice = await CountAsync(valgrind, way, 2 * Calls);

        Assert.InRange((double)(twice - few) / Calls, known * Least, known * Most);
    }

    [GeneratedRegex(@"Collected : (\d+)")]
    private static partial Regex Collected();

    private async Task<long> CountAsync(string valgrind, string way, int times)
    {
        // Callgrind stumbles over the symbols, and cannot reserve as much memory as the collector would like.
        File.Delete(app.Program + ".dbg");
        var environment = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "8000000", ["DOTNET_gcConcurrent"] = "0" };
        var (exitCode, output) = await Tool.RunProgram(
            valgrind, app.Folder, environment, "--tool=callgrind", "--callgrind-out-file=/dev/null", app.Program, "calls", way, times.ToString(CultureInfo.InvariantCulture));
        Assert.True(exitCode == 0, output);
        return long.Parse(Collected().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
