using SmartRateLimit.Keys;

namespace SmartRateLimit.Tests.Keys;

public sealed class KeyTemplateParserTests
{
    [Theory]
    [InlineData("tenant", "<tenant>")]
    [InlineData(" tenant ", "<tenant>")]
    [InlineData("order.Region", "<order.Region>")]
    [InlineData("_x1", "<_x1>")]
    [InlineData("größe", "<größe>")]
    [InlineData("http:ip", "<http:ip!>")]
    [InlineData("header:X-Api-Key", "<header:X-Api-Key!>")]
    [InlineData("{a}:{b.C}:{http:ip}", "<a>':'<b.C>':'<http:ip!>")]
    [InlineData("{ a }", "<a>")]
    [InlineData("x{{y}}{a}", "'x{y}'<a>")]
    [InlineData("a|b|http:ip", "<a> | <b> | <http:ip!>")]
    [InlineData("{a}-{b} | c", "<a>'-'<b>' ' | <c>")]
    [InlineData("{a}||{b}", "<a>'|'<b>")]
    [InlineData("header:a||b", "<header:a|b!>")]
    [InlineData("*", "global")]
    [InlineData(" * ", "global")]
    public void A_key_of_the_language_is_read(string text, string expected)
    {
        Assert.True(KeyTemplateParser.TryParse(text, out var template, out var error), error.Message);
        Assert.Equal(expected, Describe(template));
        Assert.Equal(default, error);
    }

    [Theory]
    [InlineData("", 0, 0, "a key is missing here")]
    [InlineData("a|", 2, 0, "a key is missing here")]
    [InlineData("a| |b", 2, 1, "a key is missing here")]
    [InlineData("9a", 0, 2, "'9a' is no name")]
    [InlineData("a..b", 2, 1, "is no name")]
    [InlineData("a.", 2, 0, "is no name")]
    [InlineData("{a.}", 3, 0, "is no name")]
    [InlineData("a-b", 0, 3, "'a-b' is no name")]
    [InlineData("foo:bar", 0, 3, "'foo' is no source; expected http, header, claim, query, route, cookie")]
    [InlineData("http:ipp", 5, 3, "'http:ipp' is no source; expected http: and one of ip, user, path, endpoint, method, host, session, tenant, apikey")]
    [InlineData("header:", 0, 7, "the source 'header:' lacks a name after the colon")]
    [InlineData(":x", 0, 1, "is no source")]
    [InlineData("{a", 0, 2, "no '}' closes")]
    [InlineData("a}{b}", 1, 1, "closes no hole")]
    [InlineData("x{}", 2, 0, "a hole needs a name")]
    [InlineData("{a|b}", 1, 3, "'a|b' is no name")]
    [InlineData("{{a}}", 0, 5, "would count everybody together")]
    public void Anything_else_is_an_error_that_says_where(string text, int position, int length, string message)
    {
        Assert.False(KeyTemplateParser.TryParse(text, out _, out var error));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((position, length), (error.Position, error.Length));
    }

    [Fact]
    public void The_position_of_a_segment_points_at_its_text()
    {
        const string Text = "{ a }:x|{header:b}";
        Assert.True(KeyTemplateParser.TryParse(Text, out var template, out _));
        foreach (var segment in template.Alternatives.SelectMany(alternative => alternative))
        {
            Assert.Equal(segment.Text, Text.Substring(segment.Position, segment.Text.Length));
        }
    }

    [Fact]
    public void No_text_crashes_the_parser_and_no_error_points_outside_it()
    {
        const string Alphabet = "ab.{}|: *_1http:ipheader\0é😀-";
        var random = new Random(3);
        Span<char> buffer = stackalloc char[20];
        for (var i = 0; i < 300_000; i++)
        {
            var length = random.Next(buffer.Length);
            for (var at = 0; at < length; at++)
            {
                buffer[at] = Alphabet[random.Next(Alphabet.Length)];
            }

            var text = new string(buffer[..length]);
            if (KeyTemplateParser.TryParse(text, out var template, out var error))
            {
                Assert.True(template.IsGlobal || template.Alternatives.All(alternative => alternative.Any(segment => segment.IsHole)), text);
            }
            else
            {
                Assert.True(error.Position >= 0 && error.Length >= 0 && error.Position + error.Length <= length, $"'{text}': {error.Message}");
            }
        }
    }

    private static string Describe(KeyTemplate template) => template.IsGlobal ? "global" : string.Join(" | ", template.Alternatives.Select(
        alternative => string.Concat(alternative.Select(segment => !segment.IsHole ? $"'{segment.Text}'"
            : segment.Kind == KeyHoleKind.Source ? $"<{segment.Text}!>" : $"<{segment.Text}>"))));
}
