namespace SmartRateLimit.Documentation.Tests.Blocks;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page, by its path from the root.</param>
/// <param name="Line">The number of its first line of content, from 1.</param>
/// <param name="Language">The tag behind the fence; empty for commands and what they print.</param>
/// <param name="Text">The content.</param>
/// <param name="Before">The nearest line of text in front of it.</param>
internal sealed record CodeBlock(string Page, int Line, string Language, string Text, string Before)
{
    /// <summary>The blocks of a page.</summary>
    public static IReadOnlyList<CodeBlock> In(string page)
    {
        var blocks = new List<CodeBlock>();
        var lines = Repository.Read(page).Split('\n');
        var before = string.Empty;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimStart();
            if (!line.StartsWith("```", StringComparison.Ordinal))
            {
                before = line.Length > 0 ? line : before;
                continue;
            }

            var indent = lines[i].Length - line.Length;
            var start = i + 1;
            for (i = start; !lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal); i++)
            {
                // Everything up to the closing fence is content.
            }

            var content = lines[start..i].Select(text => text.Length >= indent ? text[indent..] : text);
            blocks.Add(new CodeBlock(page, start + 1, line[3..].Trim(), string.Join('\n', content), before));
        }

        return blocks;
    }
}
