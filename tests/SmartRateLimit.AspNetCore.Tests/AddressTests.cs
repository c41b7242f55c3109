using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using SmartRateLimit.AspNetCore.Keys;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

public sealed class AddressTests
{
    // Seen to fail: an IPv4 address inside IPv6 was another one.
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:c000:0201", "192.0.2.1")]
    [InlineData("0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("0000:0000:0000:0000:0000:FFFF:C000:0201", "192.0.2.1")]
    [InlineData("2001:db8::1", "20010db800000000/64")]
    [InlineData("2001:DB8:0:0:ffff:ffff:ffff:ffff", "20010db800000000/64")]
    [InlineData("2001:0db8:0000:0000:0000:0000:0000:0001", "20010db800000000/64")]
    [InlineData("2001:db8::1%3", "20010db800000000/64")]
    [InlineData("2001:db8:0:1::1", "20010db800000001/64")]
    public void Every_textual_form_of_an_address_gives_one_key(string address, string key) =>
        Assert.Equal(key, Text(address, 64));

    [Theory]
    [InlineData(128, "20010db8000100020003000400050006/128")]
    [InlineData(48, "20010db80001/48")]
    [InlineData(33, "20010db800/33")]
    [InlineData(1, "00/1")]
    public void The_prefix_of_an_IPv6_address_is_cut_at_the_bit(int prefixLength, string key) =>
        Assert.Equal(key, Text("2001:db8:1:2:3:4:5:6", prefixLength));

    // Seen to fail: all bits of an address counted.
    [Fact]
    public async Task An_IPv6_caller_gains_nothing_from_its_other_addresses()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            web.MapGet("/", [RateLimited("1/h", Key = HttpKey.Ip)] () => "ok");
        });

        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/", "2001:db8::1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusAsync("/", "2001:db8::abcd"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/", "2001:db8:0:1::1"));
    }

    [Fact]
    public async Task The_prefix_length_is_the_options()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit(options => options.IPv6PrefixLength = 48);
            web.MapGet("/", [RateLimited("1/h", Key = HttpKey.Ip)] () => "ok");
        });

        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/", "2001:db8:0:1::1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusAsync("/", "2001:db8:0:2::1"));
    }

    // Seen to fail: the leftmost hop was believed.
    [Fact]
    public async Task A_thousand_invented_forwarded_prefixes_leave_the_key_unchanged()
    {
        await using var app = await BehindProxiesAsync();
        var random = new Random(20300101);
        var admitted = 0;
        for (var i = 0; i < 1000; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Add("X-Test-Ip", "10.0.0.1");
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", Invented(random) + "198.51.100.7");
            using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            admitted += response.IsSuccessStatusCode ? 1 : 0;
        }

        Assert.Equal(1, admitted);
    }

    [Fact]
    public async Task A_forwarded_header_counts_for_nothing_where_no_middleware_reads_it()
    {
        await using var app = await TestApp.StartAsync(web =>
        {
            web.UseSmartRateLimit();
            web.MapGet("/", [RateLimited("1/h", Key = HttpKey.Ip)] () => "ok");
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Test-Ip", "192.0.2.1");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");

        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/"));
        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
    }

    // Seen to fail: what the middleware could not read was left unread.
    /// <summary>To the middleware the open quote makes one entry of the rest of its line, with the hops that proxies added.</summary>
    [Theory]
    [InlineData("198.51.100.7", "\"")]
    [InlineData("198.51.100.7", "\"203.0.113.9, ")]
    [InlineData("198.51.100.7", "203.0.113.9\", \"")]
    [InlineData("198.51.100.7", "\"a\", \"b, ")]
    [InlineData("2001:db8::7", "\"")]
    public async Task A_quote_that_is_left_open_does_not_make_a_client_count_as_the_proxy(string client, string invented)
    {
        await using var app = await BehindProxiesAsync();

        Assert.Equal(HttpStatusCode.OK, await ForwardedAsync(app, client));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForwardedAsync(app, invented + ", " + client));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForwardedAsync(app, invented + ", " + client + ", 10.0.0.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForwardedAsync(app, invented + ", " + client, "10.0.0.2"));
        Assert.Equal(HttpStatusCode.OK, await ForwardedAsync(app, invented + ", 198.51.100.8"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/", "10.0.0.1"));
    }

    [Fact]
    public async Task Behind_an_open_quote_no_more_hops_are_believed_than_the_application_says()
    {
        await using var app = await BehindProxiesAsync(options => options.ForwardLimit = 1);

        Assert.Equal(HttpStatusCode.OK, await ForwardedAsync(app, "\"203.0.113.9, 10.0.0.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForwardedAsync(app, "\"203.0.113.10, 10.0.0.2"));
    }

    [Theory]
    [InlineData("\"unknown")]
    [InlineData("\"203.0.113.9, unknown")]
    [InlineData("\"203.0.113.9\"x")]
    public async Task What_a_proxy_itself_wrote_and_cannot_be_read_counts_as_the_proxy(string header)
    {
        await using var app = await BehindProxiesAsync();

        Assert.Equal(HttpStatusCode.OK, await ForwardedAsync(app, header));
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusAsync("/", "10.0.0.1"));
    }

    [Fact]
    public async Task An_open_quote_from_who_is_no_proxy_counts_for_nothing()
    {
        await using var app = await BehindProxiesAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Test-Ip", "192.0.2.1");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "\", 203.0.113.9");

        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/", "192.0.2.1"));
        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
    }

    private static Task<TestApp> BehindProxiesAsync(Action<ForwardedHeadersOptions>? configure = null) => TestApp.StartAsync(
        web =>
        {
            web.UseForwardedHeaders();
            web.UseSmartRateLimit();
            web.MapGet("/", [RateLimited("1/h", Key = HttpKey.Ip)] () => "ok");
        },
        builder => builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Add(IPAddress.Parse("10.0.0.1"));
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse("10.0.0.2/32"));
            configure?.Invoke(options);
        }));

    /// <summary>Sends a request over the proxy 10.0.0.1, with a line of the header each.</summary>
    private static async Task<HttpStatusCode> ForwardedAsync(TestApp app, params string[] lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-Test-Ip", "10.0.0.1");
        foreach (var line in lines)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", line);
        }

        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static string Text(string address, int prefixLength)
    {
        Span<char> text = stackalloc char[ClientAddress.MaxLength];
        return text[..ClientAddress.Write(IPAddress.Parse(address), prefixLength, text)].ToString();
    }

    private static string Invented(Random random)
    {
        var hops = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(4) switch
        {
            0 => new IPAddress(random.NextInt64(0, uint.MaxValue)).ToString(),
            1 => $"2001:db8::{random.Next(65536):x}",
            2 => "unknown",
            _ => $"[::1]:{random.Next(65536)}",
        });
        return string.Join(", ", hops) + ", ";
    }
}
