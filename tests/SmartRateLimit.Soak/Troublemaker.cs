using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Soak;

/// <summary>Makes one fault after the other, drawn from a seed, and puts each right again.</summary>
internal sealed class Troublemaker(Application application, FragileServer server, int seed)
{
    private static readonly string[] Settings =
    [
        """{ "SmartRateLimit": { "Policies": { "configured": { "Rate": "50/s" } } } }""",
        """{ "SmartRateLimit": { "Policies": { "configured": { "Rate": "20/s" } } } }""",
        """{ "SmartRateLimit": { "Policies": { "configured": { "Rate": "50/parsec" } } } }""",
        """{ "SmartRateLimit": { "Policies": { "configured": { "Ra""",
        string.Empty,
    ];

    private readonly Random _random = new(seed);
    private int _flood;

    /// <summary>How often buckets of the store may have been lost.</summary>
    public int Restarts { get; private set; }

    /// <summary>What was done, and how often.</summary>
    public SortedDictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await MakeOneAsync();
            await PauseAsync(100, 700);
        }
    }

    private async Task MakeOneAsync()
    {
        switch (_random.Next(9))
        {
            case 0:
                Count("clock steps");
                application.Time.Step(TimeSpan.FromMinutes((_random.NextDouble() - 0.5) * 120));
                break;
            case 1:
                Count("settings changes");
                application.WriteSettings(Settings[_random.Next(Settings.Length)]);
                break;
            case 2:
                Count("floods");
                Flood();
                break;
            case 3:
                Count("script flushes");
                await server.Server.SendAsync("SCRIPT", "FLUSH");
                break;
            case 4:
                Count("resets of connections");
                server.Proxy.ResetAll();
                break;
            case 5:
                Count("resets in a reply");
                server.Proxy.ResetInNextReply(_random.Next(3));
                await PauseAsync(20, 200);
                server.Proxy.ResetAll();
                break;
            default:
                var outages = Enum.GetValues<Outage>();
                await BreakAsync(outages[_random.Next(outages.Length)]);
                break;
        }
    }

    private async Task BreakAsync(Outage outage)
    {
        Count(outage.ToString());
        Restarts += outage == Outage.Killed ? 1 : 0;
        await server.BreakAsync(outage);
        await PauseAsync(50, 3_000);
        await server.MendAsync();
    }

    private void Flood()
    {
        var policy = RateLimitPolicy.Parse("flood", "5/s");
        for (var i = 0; i < 100_000; i++)
        {
            application.Memory.Acquire(policy, FormattableString.Invariant($"one shot {_flood++}"));
        }
    }

    private Task PauseAsync(int least, int most) => Task.Delay(_random.Next(least, most));

    private void Count(string what) => Done[what] = Done.GetValueOrDefault(what) + 1;
}
