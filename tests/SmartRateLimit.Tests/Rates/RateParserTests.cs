using SmartRateLimit.Rates;

namespace SmartRateLimit.Tests.Rates;

public sealed class RateParserTests
{
    [Theory]
    [InlineData("100/m", 100, 60_000)]
    [InlineData("10 per 3 hours", 10, 10_800_000)]
    [InlineData("10per3hours", 10, 10_800_000)]
    [InlineData("  1\t/ 250 ms  ", 1, 250)]
    [InlineData("1_000_000/d", 1_000_000, 86_400_000)]
    [InlineData("0/m", 0, 60_000)]
    [InlineData("1/second", 1, 1_000)]
    [InlineData("1/2seconds", 1, 2_000)]
    [InlineData("1/sec", 1, 1_000)]
    [InlineData("1/min", 1, 60_000)]
    [InlineData("1/minutes", 1, 60_000)]
    [InlineData("1/hr", 1, 3_600_000)]
    [InlineData("1/weeks", 1, 604_800_000)]
    [InlineData("1/2w", 1, 1_209_600_000)]
    [InlineData("9223372036854775807/ms", long.MaxValue, 1)]
    [InlineData("1/365250d", 1, 365_250L * 86_400_000)]
    public void A_rate_of_the_language_is_read(string text, long permits, long milliseconds)
    {
        var rate = Rate.Parse(text);
        Assert.Equal((permits, (double)milliseconds), (rate.Permits, rate.Period.TotalMilliseconds));
        Assert.True(Rate.TryParse(text, out var same));
        Assert.Equal(rate, same);
    }

    [Theory]
    [InlineData("", 0, 0, "ends where it needs decimal digits")]
    [InlineData("  ", 2, 0, "ends where it needs decimal digits")]
    [InlineData("-5/m", 0, 1, "found '-', expected decimal digits")]
    [InlineData("+5/m", 0, 1, "found '+', expected decimal digits")]
    [InlineData("/m", 0, 1, "expected decimal digits")]
    [InlineData("007/m", 0, 3, "no leading zero")]
    [InlineData("10/007s", 3, 3, "no leading zero")]
    [InlineData("10/0s", 3, 1, "at least 1")]
    [InlineData("10", 2, 0, "'/' or 'per'")]
    [InlineData("10 m", 3, 1, "'/' or 'per'")]
    [InlineData("10 perm", 3, 1, "'/' or 'per'")]
    [InlineData("10/", 3, 0, "a unit")]
    [InlineData("10/-5s", 3, 1, "a unit")]
    [InlineData("10/x", 3, 1, "'x' is no unit")]
    [InlineData("10/M", 3, 1, "lower case: 'm'")]
    [InlineData("10/Hours", 3, 5, "lower case: 'hours'")]
    [InlineData("10/Ab", 3, 2, "'Ab' is no unit")]
    [InlineData("10/Zz", 3, 2, "'Zz' is no unit")]
    [InlineData("100 per fortnight", 8, 9, "'fortnight' is no unit")]
    [InlineData("10/m/s", 4, 1, "end")]
    [InlineData("1.5/m", 1, 1, "'/' or 'per'")]
    [InlineData("1__0/m", 1, 1, "'/' or 'per'")]
    [InlineData("_1/m", 0, 1, "expected decimal digits")]
    [InlineData("1_/m", 1, 1, "'/' or 'per'")]
    [InlineData("\u0661/m", 0, 1, "expected decimal digits")]
    [InlineData("😀/m", 0, 2, "found '😀'")]
    [InlineData("9223372036854775808/m", 0, 19, "at most 9223372036854775807")]
    [InlineData("1/365251d", 2, 7, "at most 365250 days")]
    [InlineData("1/9223372036854775807w", 2, 20, "at most 365250 days")]
    public void Anything_else_is_an_error_that_says_where_and_what_was_expected(string text, int position, int length, string message)
    {
        Assert.False(RateParser.TryParse(text, out _, out var error));
        Assert.Equal((position, length), (error.Position, error.Length));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.False(Rate.TryParse(text, out _));
        var exception = Assert.Throws<FormatException>(() => Rate.Parse(text));
        Assert.Contains($"position {position}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10/s; 500/h", "10/s", "500/h")]
    [InlineData("1 per 3 hour; 100/day, 5/second", "1/3h", "100/d", "5/s")]
    [InlineData("10/s,500/h", "10/s", "500/h")]
    public void Rates_are_separated_by_semicolons_or_commas(string text, params string[] rates) =>
        Assert.Equal(rates, RateLimitPolicy.Parse("policy", text).Rates.Select(rate => rate.ToString()));

    [Theory]
    [InlineData("10/s;", 5)]
    [InlineData(";10/s", 0)]
    [InlineData("10/s;;5/m", 5)]
    [InlineData("10/s 5/m", 5)]
    [InlineData("meow", 0)]
    public void A_list_with_a_gap_says_where(string text, int position)
    {
        Assert.False(RateParser.TryParseAll(text, out _, out var error));
        Assert.Equal(position, error.Position);
    }

    [Fact]
    public void Every_spelling_of_a_unit_is_one_and_units_are_listed_shortest_first()
    {
        var lengths = RateUnits.Spellings.Select(RateUnits.Milliseconds).ToList();

        Assert.DoesNotContain(0, lengths);
        Assert.Equal(lengths.Order(), lengths);
        Assert.Equal(19, RateUnits.Spellings.Distinct().Count());
    }

    [Fact]
    public void No_text_at_all_is_refused() => Assert.Throws<ArgumentNullException>("text", () => Rate.Parse((string)null!));

    [Fact]
    public void Where_a_rate_stood_in_its_list_is_kept()
    {
        Assert.True(RateParser.TryParseAll(" 10/s ; 5 per 2 hours", out var rates, out _));
        Assert.Equal([(1, 4), (8, 13)], rates.Select(rate => (rate.Position, rate.Length)));
    }

    [Fact]
    public void A_rate_is_written_so_that_it_is_read_back()
    {
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++)
        {
            var milliseconds = random.NextInt64(1, Math.Min(1L << random.Next(1, 45), RateUnits.MaxPeriodMilliseconds) + 1);
            var rate = new Rate(random.NextInt64() >> random.Next(63), TimeSpan.FromMilliseconds(milliseconds));
            Assert.Equal(rate, Rate.Parse(rate.ToString()));
        }
    }

    [Fact]
    public void No_text_crashes_the_parser_and_no_error_points_outside_it()
    {
        const string Alphabet = "0123456789_/;, \tpersmhdwicondturyak+-.\u0661\0😀MS";
        var random = new Random(2);
        Span<char> buffer = stackalloc char[24];
        for (var i = 0; i < 1_000_000; i++)
        {
            var length = random.Next(buffer.Length);
            for (var at = 0; at < length; at++)
            {
                buffer[at] = Alphabet[random.Next(Alphabet.Length)];
            }

            var text = new string(buffer[..length]);
            if (RateParser.TryParseAll(text, out var rates, out var error))
            {
                Assert.NotEmpty(rates);
            }
            else
            {
                Assert.True(
                    error.Position >= 0 && error.Length >= 0 && error.Position + error.Length <= length && error.Message.Length > 0,
                    text);
            }
        }
    }
}
