using System.Text.RegularExpressions;

namespace SmartRateLimit.Build.Tests.Newcomer;

/// <summary>The steps of a section of a page, as its reader understands them.</summary>
internal static partial class Walkthrough
{
    private static readonly string[] Programs = ["dotnet ", "cd ", "curl "];

    public static IReadOnlyList<Step> Of(string page, string section)
    {
        var text = File.ReadAllText(Path.Combine(Tool.RepositoryRoot, page));
        var start = text.IndexOf($"\n## {section}\n", StringComparison.Ordinal);
        var end = text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return [.. Part().Matches(end < 0 ? text[start..] : text[start..end]).SelectMany(Steps)];
    }

    private static IEnumerable<Step> Steps(Match part)
    {
        var block = part.Groups["text"].Value;
        if (part.Groups["new"].Success)
        {
            return [new Step.Replace(part.Groups["old"].Value, part.Groups["new"].Value)];
        }

        if (part.Groups["file"].Success)
        {
            return [new Step.Write(part.Groups["file"].Value, block)];
        }

        return part.Groups["language"].Length > 0 ? []
            : Programs.Any(program => block.StartsWith(program, StringComparison.Ordinal))
                ? block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new Step.Command(line))
                : [new Step.Output(block)];
    }

    [GeneratedRegex("""
        Write `(?<new>[^`]+)` instead of `(?<old>[^`]+)`|(?:^`(?<file>[\w.]+)`:\n\n)?^```(?<language>\w*)\n(?<text>.*?)^```$
        """, RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Part();
}
