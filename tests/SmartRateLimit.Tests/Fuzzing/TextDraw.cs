using System.Globalization;

namespace SmartRateLimit.Tests.Fuzzing;

/// <summary>Draws texts that are nearly right, partly right or nonsense; a seed always gives the same ones.</summary>
internal sealed class TextDraw(int seed, string[] words)
{
    private const string Characters = "0019aZ_ \t/;,.:|{}*-+#\"\\\0\u00e9\u0660\u200b\ud800\uffff\n";

    private readonly Random _random = new(seed);

    /// <summary>How many texts a test draws: a million, or what SMARTRATELIMIT_FUZZ says.</summary>
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SMARTRATELIMIT_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 1_000_000;

    public string Next()
    {
        var text = string.Concat(Enumerable.Range(0, _random.Next(8)).Select(_ => words[_random.Next(words.Length)]));
        for (var slips = _random.Next(3); slips > 0; slips--)
        {
            text = WithSlip(text);
        }

        return text;
    }

    /// <summary>One of the words, seldom with a slip.</summary>
    public string NextWord()
    {
        var word = words[_random.Next(words.Length)];
        return _random.Next(8) == 0 ? WithSlip(word) : word;
    }

    private string WithSlip(string text)
    {
        var at = _random.Next(text.Length + 1);
        return _random.Next(3) switch
        {
            0 => text.Insert(at, Characters[_random.Next(Characters.Length)].ToString()),
            1 when at < text.Length => text.Remove(at, 1),
            _ => text[at..] + text[..at],
        };
    }
}
