using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;
using SmartRateLimit.AspNetCore.Keys;
using SmartRateLimit.AspNetCore.Tests.Fixture;

namespace SmartRateLimit.AspNetCore.Tests;

/// <summary>Addresses in whatever spelling, and forwarded headers of whatever nonsense.</summary>
public sealed class AddressFuzzTests
{
    private const string Nonsense = "0123456789abcdefABCDEF.:,;[]%/=\"\\ \t_-for=unknown\u00e9";

    private static readonly int Count =
        int.TryParse(Environment.GetEnvironmentVariable("SMARTRATELIMIT_FUZZ"), CultureInfo.InvariantCulture, out var count) ? count : 1_000_000;

    // Seen to fail: a bit of the prefix was left out.
    [Fact]
    public void One_customer_has_one_key_and_two_have_two_whatever_their_addresses_are()
    {
        var random = new Random(6);
        Span<char> text = stackalloc char[ClientAddress.MaxLength];
        var bytes = new byte[16];
        for (var i = 0; i < Count; i++)
        {
            random.NextBytes(bytes);
            var prefix = random.Next(1, 129);
            var (address, same, other) = random.Next(2) == 0 ? OfIPv4(bytes) : OfIPv6(bytes, prefix, random);

            var key = text[..ClientAddress.Write(address, prefix, text)].ToString();
            if (key != text[..ClientAddress.Write(same, prefix, text)].ToString() || key == text[..ClientAddress.Write(other, prefix, text)].ToString())
            {
                Assert.Fail($"of {address}, {same} and {other} by /{prefix} the first two should have one key and the last another, but the first has {key}");
            }
        }
    }

    // Seen to fail: a quote that was left open made the client count as the proxy.
    [Fact]
    public async Task Whatever_a_client_writes_before_the_hop_of_a_trusted_proxy_its_key_is_that_hop()
    {
        await using var app = await TestApp.StartAsync(
            web =>
            {
                web.UseForwardedHeaders();
                web.UseSmartRateLimit();
                web.MapGet("/", [RateLimited("1/h", Key = HttpKey.Ip)] () => "ok");
            },
            builder => builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Trusting("10.0.0.1"))));
        var random = new Random(8);
        var admitted = 0;
        for (var i = 0; i < Count / 500; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Add("X-Test-Ip", "10.0.0.1");
            var invented = Invented(random);
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", invented + ", 198.51.100.7");
            using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
            admitted += response.IsSuccessStatusCode ? 1 : 0;
        }

        Assert.Equal(1, admitted);
        Assert.Equal(HttpStatusCode.TooManyRequests, await app.StatusAsync("/", "198.51.100.7"));
        Assert.Equal(HttpStatusCode.OK, await app.StatusAsync("/", "10.0.0.1"));
    }

    // Seen to fail: a quote that was left open kept what stood behind it from being read.
    [Fact]
    public void Whatever_stands_before_it_the_hop_before_trusted_proxies_is_the_client()
    {
        var options = Trusting("10.0.0.1", "10.0.0.2");
        var middleware = new ForwardedHeadersMiddleware(_ => Task.CompletedTask, NullLoggerFactory.Instance, Microsoft.Extensions.Options.Options.Create(options));
        var proxies = TrustedProxies.Of(options)!;
        var random = new Random(9);
        var quoted = 0;
        for (var i = 0; i < Count; i++)
        {
            var invented = Invented(random);
            var written = random.Next(2) == 0 ? "198.51.100.7" : "198.51.100.7, 10.0.0.2";
            var lines = random.Next(2) == 0 ? new StringValues([invented, written]) : new StringValues(invented + ", " + written);
            var context = new DefaultHttpContext();
            context.Connection.RemoteIpAddress = options.KnownProxies[0];
            context.Request.Headers["X-Forwarded-For"] = lines;

            middleware.ApplyForwarders(context);
            var client = proxies.Behind(context.Connection.RemoteIpAddress, context.Request.Headers);

            quoted += invented.Contains('"', StringComparison.Ordinal) ? 1 : 0;
            if (client.ToString() != "198.51.100.7")
            {
                Assert.Fail($"of \"{string.Join("\" and \"", lines.ToArray())}\" the client is {client}");
            }
        }

        Assert.InRange(quoted, Count / 10, Count);
    }

    private static ForwardedHeadersOptions Trusting(params string[] proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        Array.ForEach(proxies, proxy => options.KnownProxies.Add(IPAddress.Parse(proxy)));
        return options;
    }

    private static string Invented(Random random) => string.Create(random.Next(40), random, static (text, random) =>
    {
        for (var at = 0; at < text.Length; at++)
        {
            text[at] = Nonsense[random.Next(Nonsense.Length)];
        }
    });

    /// <summary>An IPv4 address, the same inside IPv6, and its neighbour.</summary>
    private static (IPAddress Address, IPAddress Same, IPAddress Other) OfIPv4(byte[] bytes)
    {
        var address = new IPAddress(bytes.AsSpan(0, 4));
        bytes[bytes[15] % 4] ^= (byte)(1 << (bytes[14] % 8));
        return (address, address.MapToIPv6(), new IPAddress(bytes.AsSpan(0, 4)));
    }

    /// <summary>An IPv6 address, another one of the same prefix, and one whose prefix differs in one bit.</summary>
    private static (IPAddress Address, IPAddress Same, IPAddress Other) OfIPv6(byte[] bytes, int prefix, Random random)
    {
        // Global unicast, so that none is an IPv4 address.
        bytes[0] = 0x20;
        var address = new IPAddress(bytes);
        var differs = 3 + random.Next(Math.Max(1, prefix - 3));
        for (var bit = prefix; bit < 128; bit++)
        {
            Flip(bytes, bit, random.Next(2));
        }

        var same = new IPAddress(bytes, random.NextInt64(0, 10));
        Flip(bytes, Math.Min(differs, prefix - 1), 1);
        return (address, same, new IPAddress(bytes));
    }

    private static void Flip(byte[] bytes, int bit, int flip) => bytes[bit / 8] ^= (byte)(flip << (7 - (bit % 8)));
}
