using SmartRateLimit.Keys;

namespace SmartRateLimit.Tests.Keys;

public sealed class HttpKeyTests
{
    public static TheoryData<string, Func<string, string>> Sources => new()
    {
        { "header", HttpKey.Header },
        { "claim", HttpKey.Claim },
        { "query", HttpKey.Query },
        { "route", HttpKey.Route },
        { "cookie", HttpKey.Cookie },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_source_is_written_as_the_key_language_reads_it(string scheme, Func<string, string> write)
    {
        Assert.Equal(scheme + ":X-Name", write("X-Name"));
        Assert.Equal(scheme + ":a||b", write("a|b"));
        Assert.True(KeyTemplateParser.TryParse(write("a|b"), out var template, out _));
        Assert.Equal((KeyHoleKind.Source, scheme + ":a|b"), (Assert.Single(Assert.Single(template.Alternatives)).Kind, template.Alternatives[0][0].Text));
        Assert.Throws<ArgumentException>(() => write(string.Empty));
        Assert.Throws<ArgumentNullException>(() => write(null!));
    }

    [Theory]
    [InlineData(HttpKey.Ip)]
    [InlineData(HttpKey.User)]
    [InlineData(HttpKey.Path)]
    [InlineData(HttpKey.Endpoint)]
    [InlineData(HttpKey.Method)]
    [InlineData(HttpKey.Host)]
    [InlineData(HttpKey.Session)]
    [InlineData(HttpKey.Tenant)]
    [InlineData(HttpKey.ApiKey)]
    public void Each_source_of_a_request_is_one_of_the_language(string source)
    {
        Assert.True(KeyTemplateParser.TryParse(source, out var template, out var error), error.Message);
        Assert.Equal((KeyHoleKind.Source, source), (Assert.Single(Assert.Single(template.Alternatives)).Kind, template.Alternatives[0][0].Text));
    }

    [Fact]
    public void The_schemes_and_names_of_sources_are_these() => Assert.Equal(
        ("http header claim query route cookie", "ip user path endpoint method host session tenant apikey"),
        (string.Join(' ', KeyTemplateParser.Schemes), string.Join(' ', KeyTemplateParser.HttpNames)));
}
