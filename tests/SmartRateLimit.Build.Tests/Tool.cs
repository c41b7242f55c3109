using System.Diagnostics;
using System.Reflection;

namespace SmartRateLimit.Build.Tests;

/// <summary>Runs <c>dotnet</c> as a user would, and keeps what it printed.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The checkout that these tests were built from.</summary>
    public static string RepositoryRoot { get; } = Path.GetFullPath(Metadata("RepositoryRoot"));

    /// <summary>The configuration that these tests were built in.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The version of StackExchange.Redis that the package for Redis was built against, and asks for; may end in <c>*</c>.</summary>
    public static string StackExchangeRedisVersion { get; } = Metadata("StackExchangeRedisVersion");

    /// <summary>Whether the package for MongoDB was built.</summary>
    public static bool WithMongoDB { get; } = Metadata("WithMongoDB") == "true";

    public static Task<(int ExitCode, string Output)> Run(string folder, string input, params string[] arguments) =>
        Run(folder, new Dictionary<string, string>(), input, arguments);

    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables that it has beside this process's.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<(int ExitCode, string Output)> Run(string folder, IReadOnlyDictionary<string, string> environment, string input, params string[] arguments) =>
        Run("dotnet", folder, environment, input, arguments);

    /// <summary>Runs a program that needs nothing.</summary>
    public static Task<(int ExitCode, string Output)> RunProgram(string path) =>
        RunProgram(path, Path.GetDirectoryName(path)!, new Dictionary<string, string>());

    /// <summary>Runs a program in a folder, with variables that it has beside this process's.</summary>
    public static Task<(int ExitCode, string Output)> RunProgram(string path, string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Run(path, folder, environment, string.Empty, arguments);

    /// <summary>How to run a program so that nothing of it outlives the test.</summary>
    public static ProcessStartInfo Start(string program, string folder, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };

        // A build server that outlives the test would keep the test runner waiting for its output.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static async Task<(int ExitCode, string Output)> Run(string program, string folder, IReadOnlyDictionary<string, string> environment, string input, string[] arguments)
    {
        var start = Start(program, folder, environment, arguments);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output + await errors);
    }

    private static string Metadata(string key) =>
        typeof(Tool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
