using SmartRateLimit.Rates;

namespace SmartRateLimit.Tests.Fuzzing;

[Trait("Category", "Long")]
public sealed class RateFuzzTests
{
    private static readonly string[] Words =
        ["1", "10", "0", "1_000", "9223372036854775807", "99999999999999999999", "/", " per ", "per", " ", ";", ",", "s", "m", "ms", "min", "hours", "d", "weeks", "M", "month", "10/s", "5/2h", "; 500/h"];

    // Seen to fail: an error pointed a character too far.
    [Fact]
    public void A_rate_is_read_or_its_error_lies_inside_the_text()
    {
        var draw = new TextDraw(1, Words);
        var valid = 0;
        for (var i = 0; i < TextDraw.Count; i++)
        {
            var text = draw.Next();
            if (RateParser.TryParseAll(text, out var rates, out var error))
            {
                valid++;
                AssertSound(text, rates);
            }
            else
            {
                AssertInside(text, error.Position, error.Length, error.Message);
            }
        }

        Assert.InRange(valid, TextDraw.Count / 1_000, TextDraw.Count / 2);
    }

    [Fact]
    public void What_is_read_is_written_so_that_it_reads_the_same()
    {
        var draw = new TextDraw(2, Words);
        for (var i = 0; i < TextDraw.Count; i++)
        {
            if (Rate.TryParse(draw.Next(), out var rate) && (!Rate.TryParse(rate.ToString(), out var again) || again != rate))
            {
                Assert.Fail($"{rate.Permits} per {rate.Period} is written \"{rate}\", which reads otherwise.");
            }
        }
    }

    internal static void AssertInside(string text, int position, int length, string message)
    {
        if (position < 0 || length < 0 || position + length > text.Length || string.IsNullOrWhiteSpace(message))
        {
            Assert.Fail($"\"{text}\" gives an error at {position} of {length} characters: {message}");
        }
    }

    private static void AssertSound(string text, List<ParsedRate> rates)
    {
        foreach (var rate in rates)
        {
            if (rate.Permits < 0 || rate.PeriodMilliseconds is < 1 or > RateUnits.MaxPeriodMilliseconds || rate.Position < 0 || rate.Position + rate.Length > text.Length)
            {
                Assert.Fail($"\"{text}\" was read as {rate.Permits} per {rate.PeriodMilliseconds} ms.");
            }
        }
    }
}
