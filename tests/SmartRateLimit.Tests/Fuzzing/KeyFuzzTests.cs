using SmartRateLimit.Keys;

namespace SmartRateLimit.Tests.Fuzzing;

[Trait("Category", "Long")]
public sealed class KeyFuzzTests
{
    private static readonly string[] Words =
        ["tenant", "order.Region", "{tenant}", "{order.Region}", "{http:ip}", "http:user", "header:X-Api-Key", "route:id", "claim:", ":", "|", "||", "{{", "}}", "{", "}", " ", "*", ".", "-"];

    // Seen to fail: the error of a hole that nothing closes was a character too long.
    [Fact]
    public void A_key_is_read_or_its_error_lies_inside_the_text()
    {
        var draw = new TextDraw(3, Words);
        var valid = 0;
        for (var i = 0; i < TextDraw.Count; i++)
        {
            var text = draw.Next();
            if (KeyTemplateParser.TryParse(text, out var template, out var error))
            {
                valid++;
                AssertTellsCallersApart(text, template);
            }
            else
            {
                RateFuzzTests.AssertInside(text, error.Position, error.Length, error.Message);
            }
        }

        Assert.InRange(valid, TextDraw.Count / 100, TextDraw.Count / 2);
    }

    /// <summary>A key without a hole would count everybody together without saying so.</summary>
    private static void AssertTellsCallersApart(string text, KeyTemplate template)
    {
        if (!template.IsGlobal && (template.Alternatives.Count == 0 || template.Alternatives.Any(alternative => !alternative.Any(segment => segment.IsHole))))
        {
            Assert.Fail($"\"{text}\" was read as a key that is the same for everybody.");
        }

        foreach (var segment in template.Alternatives.SelectMany(alternative => alternative))
        {
            if (segment.Text.Length == 0 || segment.Position < 0 || segment.Position > text.Length)
            {
                Assert.Fail($"\"{text}\" has a part \"{segment.Text}\" at {segment.Position}.");
            }
        }
    }
}
