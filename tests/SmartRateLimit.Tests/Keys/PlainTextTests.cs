using SmartRateLimit.Keys;

namespace SmartRateLimit.Tests.Keys;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData(':')]
    [InlineData('%')]
    public void A_text_of_any_length_is_plain_unless_it_holds_a_special_character_anywhere_in_itself(char special)
    {
        for (var length = 0; length <= 40; length++)
        {
            Assert.True(PlainText.Is(Within(special, length)));
            for (var one = 0; one < length; one++)
            {
                Assert.False(PlainText.Is(Within(special, length, one)));
                for (var other = 0; other < one; other++)
                {
                    Assert.False(PlainText.Is(Within(special, length, one, other)));
                }
            }
        }
    }

    /// <summary>A text with special characters at some places, between others that are not its own.</summary>
    private static ReadOnlySpan<char> Within(char special, int length, params ReadOnlySpan<int> places)
    {
        var buffer = new char[length + 128];
        Array.Fill(buffer, special);
        var text = buffer.AsSpan(64, length);
        text.Fill('x');
        foreach (var place in places)
        {
            text[place] = special;
        }

        return text;
    }
}
