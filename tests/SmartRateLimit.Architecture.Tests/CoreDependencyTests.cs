namespace SmartRateLimit.Architecture.Tests;

/// <summary>Who may depend on whom inside the core. A folder may use those listed behind it and no others.</summary>
public sealed class CoreDependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Rates"] = [],
        ["Algorithms"] = [],
        ["Keys"] = [],
        ["Naming"] = [],
        ["Policies"] = ["Rates", "Algorithms"],
        ["Decisions"] = ["Policies", "Rates", "Algorithms"],
        ["Annotations"] = ["Policies", "Decisions", "Keys"],
        ["Backends"] = ["Decisions", "Policies", "Algorithms"],
        ["Backends/Memory/Cells"] = ["Backends/Memory", "Backends", "Decisions", "Policies", "Algorithms", "Keys"],
        ["Backends/Memory"] = ["Backends/Memory/Cells", "Backends", "Decisions", "Policies", "Algorithms", "Keys"],
        ["Resilience"] = ["Backends", "Backends/Memory", "Decisions", "Policies", "Telemetry"],
        ["Backends/Remote"] = ["Resilience", "Backends", "Decisions", "Policies", "Rates", "Keys"],
        ["Backends/Multi"] = ["Resilience", "Backends/Remote", "Backends", "Decisions", "Policies"],
        ["Telemetry"] = ["Backends", "Decisions", "Policies"],
        ["Limiting"] = ["Backends", "Backends/Memory", "Backends/Memory/Cells", "Decisions", "Policies", "Algorithms", "Keys", "Telemetry"],
        ["Bridges"] = ["Limiting", "Decisions", "Policies", "Keys"],
        ["Hosting"] = ["Hosting/Configuration", "Limiting", "Backends", "Backends/Memory", "Backends/Remote", "Backends/Multi", "Resilience", "Policies", "Naming", "Telemetry"],
        ["Hosting/Configuration"] = ["Hosting", "Limiting", "Backends/Multi", "Policies", "Rates", "Naming", "Telemetry"],
    };

    private static readonly FolderDependencies Core = new("src/SmartRateLimit");

    [Fact]
    public void The_core_is_bound_without_an_error() => Assert.Empty(Core.Errors());

    [Fact]
    public void Every_folder_uses_only_the_folders_it_may() =>
        Assert.DoesNotContain(Core.All(), use => !Allowed.GetValueOrDefault(use.From, []).Contains(use.To));

    [Fact]
    public void No_folder_is_left_out_of_the_rules() =>
        Assert.DoesNotContain(
            Repository.SourceFiles("src/SmartRateLimit")
                .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, "src/SmartRateLimit"), Path.GetDirectoryName(file)!))
                .Distinct(),
            folder => !Allowed.ContainsKey(folder));

    [Fact]
    public void Algorithms_know_nothing_but_numbers() =>
        Assert.DoesNotContain(Core.External(), use => use.From == "Algorithms" && use.Namespace is not ("System" or "System.Numerics"));

    [Fact]
    public void No_algorithm_reads_a_clock() =>
        Assert.DoesNotContain(
            Repository.SourceFiles("src/SmartRateLimit/Algorithms").Select(File.ReadAllText),
            text => Array.Exists(["TimeProvider", "DateTime", "Stopwatch"], clock => text.Contains(clock, StringComparison.Ordinal)));
}
