using SmartRateLimit.Analyzers;
using SmartRateLimit.Rates;

namespace SmartRateLimit.CodeFixes.Tests;

public sealed class RateSuggestionTests
{
    [Theory]
    [InlineData("100/mins", "100/min")]
    [InlineData("100\\m", "100/m")]
    [InlineData("100/M", "100/m")]
    [InlineData("100 / Minutes", "100/minutes")]
    [InlineData("100 per fortnight", "100 per 2 weeks")]
    [InlineData("100/month", "100/30days")]
    [InlineData("100 per 2 months", "100 per 60 days")]
    [InlineData("100 per 3 fortnights", "100 per 6 weeks")]
    [InlineData("100 a day", "100 per day")]
    [InlineData("100 every 5 mins", "100 per 5 min")]
    [InlineData("100 per minite", "100 per minute")]
    [InlineData("100/hurs", "100/hours")]
    [InlineData("0100/m", "100/m")]
    [InlineData("+100/m", "100/m")]
    [InlineData("1__000/m", "1000/m")]
    [InlineData("100/010s", "100/10s")]
    [InlineData("100m", "100/m")]
    [InlineData("100:m", "100/m")]
    [InlineData("10/s & 500/hrs", "10/s; 500/hr")]
    [InlineData("10/s; ; 500/h;", "10/s; 500/h")]
    [InlineData("100/msec", "100/ms")]
    [InlineData("100/sec.", "100/sec")]
    [InlineData("100/secs", "100/sec")]
    [InlineData("100/mn", "100/min")]
    [InlineData("100/5 wks", "100/5week")]
    public void A_typo_suggests_the_nearest_rate(string typed, string suggestion) =>
        Assert.Equal(suggestion, RateSuggestion.For(typed));

    [Theory]
    [InlineData("")]
    [InlineData("often")]
    [InlineData("m/100")]
    [InlineData("100/")]
    [InlineData("100")]
    [InlineData("100/year")]
    [InlineData("100/x")]
    [InlineData("100/0m")]
    [InlineData("1,000/m")]
    [InlineData("-5/m")]
    [InlineData("99999999999999999999/m")]
    [InlineData("1/9223372036854775807 fortnights")]
    [InlineData("100/m/s")]
    public void What_may_mean_anything_suggests_nothing(string typed) =>
        Assert.Null(RateSuggestion.For(typed));

    [Fact]
    public void A_suggestion_is_always_a_valid_rate()
    {
        string[] pieces = ["1", "007", "+", "_", "/", "\\", " per ", " a ", "m", "Mins", "fortnight", "h", ";", ",", " ", "ms", "99999999999", "x"];
        var random = new Random(20240229);
        var suggested = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var typed = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (RateSuggestion.For(typed) is { } suggestion)
            {
                suggested++;
                Assert.True(RateParser.TryParseAll(suggestion, out _, out _), $"'{typed}' suggested '{suggestion}'");
            }
        }

        Assert.True(suggested > 100, "Hardly anything was suggested, so hardly anything was tested.");
    }
}
