using System.Text.RegularExpressions;

namespace SmartRateLimit.Architecture.Tests;

/// <summary>What docs/guarantees.md says is proven is proven: each test that it names exists and says how it was seen to fail.</summary>
public sealed partial class GuaranteeTests
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    private static readonly (string Test, string File)[] Proofs = [.. Link()
        .Matches(File.ReadAllText(Path.Combine(Docs, "guarantees.md")))
        .Select(link => (link.Groups["test"].Value, Path.GetFullPath(link.Groups["file"].Value, Docs)))
        .Distinct()];

    [Fact]
    public void Every_promise_names_a_test()
    {
        var rows = File.ReadLines(Path.Combine(Docs, "guarantees.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.EndsWith(" |", StringComparison.Ordinal))
            .Where(line => line.Contains("tests/", StringComparison.Ordinal))
            .ToList();

        Assert.InRange(rows.Count, 30, 200);
        Assert.InRange(Proofs.Length, 40, 300);
    }

    [Fact]
    public void Every_test_that_is_named_exists() =>
        Assert.DoesNotContain(Proofs, proof => !File.Exists(proof.File) || Comment(proof) is null);

    [Fact]
    public void Every_test_that_is_named_says_how_it_was_seen_to_fail() =>
        Assert.DoesNotContain(Proofs, proof => Comment(proof) is { } comment && !comment.Contains("Seen to fail: ", StringComparison.Ordinal));

    /// <summary>What stands above a test, from the end of the member before it; <see langword="null"/> when there is no such test.</summary>
    private static string? Comment((string Test, string File) proof)
    {
        var lines = File.ReadAllLines(proof.File);
        var method = Array.FindIndex(lines, line => line.StartsWith("    public ", StringComparison.Ordinal) && line.Contains($" {proof.Test}(", StringComparison.Ordinal));
        if (method < 0)
        {
            return null;
        }

        var first = method;
        while (lines[first - 1].TrimStart() is ['[' or '/', ..])
        {
            first--;
        }

        var above = string.Join('\n', lines[first..method]);
        return above.Contains("[Fact", StringComparison.Ordinal) || above.Contains("[Theory", StringComparison.Ordinal) ? above : null;
    }

    [GeneratedRegex(@"\[(?<test>[A-Z]\w+)\]\((?<file>\.\./tests/[^)]+\.cs)\)")]
    private static partial Regex Link();
}
