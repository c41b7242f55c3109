using System.Text.RegularExpressions;

namespace SmartRateLimit.Architecture.Tests;

/// <summary>What docs/guarantees.md and SECURITY.md say is proven is proven: each test that they name exists and says how it was seen to fail.</summary>
public sealed partial class GuaranteeTests
{
    private static readonly string[] Pages = [Path.Combine(Repository.Root, "docs", "guarantees.md"), Path.Combine(Repository.Root, "SECURITY.md")];

    private static readonly (string Test, string File)[] Proofs = [.. Pages.SelectMany(ProofsIn).Distinct()];

    // Seen to fail: "the process ends" had a reason in the place of a test.
    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 15)]
    public void Every_promise_names_a_test(int page, int least)
    {
        var rows = Promises(File.ReadAllLines(Pages[page])).ToList();

        Assert.DoesNotContain(rows, row => !Link().IsMatch(row));
        Assert.InRange(rows.Count, least, 200);
    }

    [Fact]
    public void Every_test_that_is_named_exists() =>
        Assert.DoesNotContain(Proofs, proof => !File.Exists(proof.File) || Comment(proof) is null);

    [Fact]
    public void Every_test_that_is_named_says_how_it_was_seen_to_fail() =>
        Assert.DoesNotContain(Proofs, proof => Comment(proof) is { } comment && !comment.Contains("Seen to fail: ", StringComparison.Ordinal));

    /// <summary>The rows of those tables whose last column is the proof.</summary>
    private static IEnumerable<string> Promises(string[] lines)
    {
        var isProven = false;
        foreach (var line in lines)
        {
            if (line.StartsWith("| ", StringComparison.Ordinal) && isProven)
            {
                yield return line;
            }

            isProven = line.StartsWith('|') && (isProven || line.EndsWith(" proof |", StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string Test, string File)> ProofsIn(string page) => Link()
        .Matches(File.ReadAllText(page))
        .Select(link => (link.Groups["test"].Value, Path.GetFullPath(link.Groups["file"].Value, Path.GetDirectoryName(page)!)));

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

    [GeneratedRegex(@"\[(?<test>[A-Z]\w+)\]\((?<file>(\.\./)?tests/[^)]+\.cs)\)")]
    private static partial Regex Link();
}
