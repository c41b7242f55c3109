namespace SmartRateLimit.Compiling;

/// <summary>Damages texts as typing does: cut off, without a piece, with a piece twice, with a wrong character or word.</summary>
public static class Damaged
{
    private static readonly string[] Words =
        ["partial ", "static ", "abstract ", "interface ", "class ", "ref ", "out ", "async ", "<T>", "[RateLimited(\"1/s\")] ", "Key = ", "nameof(", "\"", "{", "}", "(", ")", ";", "|", "*", "?", "\0", "\uD83D", "this ", "override ", "where T : "];

    public static SourceFile File(SourceFile file, Random random) => file with { Text = Text(file.Text, random) };

    public static string Text(string text, Random random)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var start = random.Next(text.Length);
        var length = Math.Min(random.Next(1, 40), text.Length - start);
        var other = random.Next(text.Length);
        return random.Next(5) switch
        {
            0 => text[..start],
            1 => text.Remove(start, length),
            2 => text.Insert(other, text.Substring(start, length)),
            3 => text.Insert(start, Words[random.Next(Words.Length)]),
            _ => text.Remove(start, 1).Insert(start, Words[random.Next(Words.Length)]),
        };
    }
}
