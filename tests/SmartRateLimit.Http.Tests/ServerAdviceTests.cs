using System.Globalization;
using System.Net;

namespace SmartRateLimit.Tests.Http;

public sealed class ServerAdviceTests
{
    [Theory]
    [InlineData(429, "Retry-After", "30", 30)]
    [InlineData(503, "Retry-After", "30", 30)]
    [InlineData(200, "RateLimit", "\"search\";r=0;t=20", 20)]
    [InlineData(429, "RateLimit", "\"search\";r=0;t=20", 20)]
    [InlineData(200, "RateLimit", "\"a;r=9,\\\"b\";r=5;t=9, \"c\";t=7 ; r=0, \"d\";r=0;t=40, \"e\";r=0;t=3", 40)]
    public async Task A_server_that_asks_for_a_pause_gets_it(int status, string header, string value, int seconds)
    {
        using var client = Respectful();
        client.Answer = _ => Response(status, header, value);
        await client.GetAsync();

        var rejection = await client.RejectedAsync();
        Assert.True(rejection.IsOutgoing);
        Assert.Equal(TimeSpan.FromSeconds(seconds), rejection.RetryAfter);

        client.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        await client.RejectedAsync();
        client.Time.Advance(TimeSpan.FromTicks(1));
        await client.GetAsync();
    }

    [Theory]
    [InlineData(200, "Retry-After", "30")]
    [InlineData(404, "Retry-After", "30")]
    [InlineData(429, "Retry-After", "0")]
    [InlineData(429, "Retry-After", "soon")]
    [InlineData(200, "RateLimit", "\"search\";r=1;t=20")]
    [InlineData(200, "RateLimit", "\"search\";r=0")]
    [InlineData(200, "RateLimit", "\"search\";r=0;t=-5")]
    [InlineData(200, "RateLimit", "\"r=0;t=20\"")]
    [InlineData(200, "RateLimit", "\"unclosed;r=0;t=20")]
    [InlineData(200, "RateLimit", "")]
    public async Task Anything_else_asks_for_none(int status, string header, string value)
    {
        using var client = Respectful();
        client.Answer = _ => Response(status, header, value);

        await client.GetAsync();
        await client.GetAsync();
    }

    [Fact]
    public async Task A_server_is_not_heeded_unless_asked_for()
    {
        using var client = new OutgoingClient("1000/s");
        client.Answer = _ => Response(429, "Retry-After", "30");

        await client.GetAsync();
        await client.GetAsync();
    }

    [Fact]
    public async Task A_date_is_read_by_the_servers_own_clock()
    {
        using var client = Respectful();
        client.Answer = _ =>
        {
            var response = Response(503, "Retry-After", "Wed, 21 Oct 2015 07:28:30 GMT");
            response.Headers.Date = new DateTimeOffset(2015, 10, 21, 7, 28, 0, TimeSpan.Zero);
            return response;
        };

        await client.GetAsync();

        Assert.Equal(TimeSpan.FromSeconds(30), (await client.RejectedAsync()).RetryAfter);
    }

    [Fact]
    public async Task A_date_without_the_servers_clock_is_read_by_ours()
    {
        using var client = Respectful();
        client.Answer = _ => Response(503, "Retry-After", (client.Time.GetUtcNow() + TimeSpan.FromSeconds(12)).ToString("R", CultureInfo.InvariantCulture));

        await client.GetAsync();

        Assert.Equal(TimeSpan.FromSeconds(12), (await client.RejectedAsync()).RetryAfter);
    }

    [Fact]
    public async Task Only_the_bucket_of_the_server_pauses()
    {
        using var client = Respectful();
        client.Answer = request => request.RequestUri!.Host == "one.example" ? Response(429, "Retry-After", "30") : new HttpResponseMessage();
        await client.GetAsync("https://one.example/");

        await client.GetAsync("https://two.example/");
        await client.RejectedAsync("https://one.example/");
    }

    [Fact]
    public async Task A_later_answer_does_not_shorten_a_pause()
    {
        using var client = Respectful();
        var slow = new TaskCompletionSource();
        client.Hold = slow.Task;
        client.Answer = _ => Response(429, "Retry-After", "5");
        var first = client.GetAsync();
        client.Hold = Task.CompletedTask;
        client.Answer = _ => Response(429, "Retry-After", "30");
        await client.GetAsync();

        slow.SetResult();
        await first;

        Assert.Equal(TimeSpan.FromSeconds(30), (await client.RejectedAsync()).RetryAfter);
    }

    [Fact]
    public async Task No_answer_silences_a_client_for_more_than_a_day()
    {
        using var client = Respectful();
        client.Answer = _ => Response(429, "Retry-After", "2000000000");

        await client.GetAsync();

        Assert.Equal(TimeSpan.FromDays(1), (await client.RejectedAsync()).RetryAfter);
    }

    [Fact]
    public async Task A_pause_charges_nothing()
    {
        using var client = new OutgoingClient("2/d", options => options.RespectServer = true);
        client.Answer = _ => Response(429, "Retry-After", "30");
        await client.GetAsync();
        await client.RejectedAsync();
        await client.RejectedAsync();
        client.Time.Advance(TimeSpan.FromSeconds(30));

        await client.GetAsync();
    }

    [Fact]
    public async Task A_call_that_may_wait_sits_a_pause_out()
    {
        using var client = new OutgoingClient("1000/s", options => (options.RespectServer, options.MaxWait) = (true, TimeSpan.FromSeconds(10)));
        client.Answer = _ => Response(429, "Retry-After", "10");
        await client.GetAsync();

        var waiting = client.GetAsync();
        client.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, client.Sent);
        client.Time.Advance(TimeSpan.FromSeconds(1));
        await waiting;

        client.Answer = _ => Response(429, "Retry-After", "11");
        client.Time.Advance(TimeSpan.FromSeconds(10));
        await client.GetAsync();
        await client.RejectedAsync();
    }

    [Fact]
    public async Task A_call_that_got_its_permit_while_the_server_asked_for_a_pause_is_held_back()
    {
        using var client = new OutgoingClient("1/s", options => (options.RespectServer, options.MaxWait) = (true, TimeSpan.FromSeconds(1)));
        var slow = new TaskCompletionSource();
        client.Hold = slow.Task;
        client.Answer = _ => Response(429, "Retry-After", "5");
        var first = client.GetAsync();
        var second = client.GetAsync();

        slow.SetResult();
        await first;
        client.Time.Advance(TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<RateLimitExceededException>(() => second);
        Assert.Equal(1, client.Sent);
    }

    private static OutgoingClient Respectful() => new("1000/s", options => options.RespectServer = true);

    private static HttpResponseMessage Response(int status, string header, string value)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        response.Headers.TryAddWithoutValidation(header, value);
        return response;
    }
}
