// Runs nodes, a failing Redis, floods, clock steps and changing settings beside one another for a while, and checks that
// no window admits too many, that nobody waits for long or sees an exception, and that nothing is leaked:
//   --seconds <length, default 60> [--seed <number>]
using System.Collections.Concurrent;
using System.Globalization;
using SmartRateLimit.Servers.Redis;
using SmartRateLimit.Soak;

// A tenth of what the tables of this application hold when they are full; a leak of 100 bytes a call is found in a minute.
const long MostGrowth = 4 << 20;

var length = TimeSpan.FromSeconds(Number("--seconds", 60));
var seed = Number("--seed", Environment.TickCount & 0xFFFF);
var broken = new List<string>();
var unobserved = new ConcurrentQueue<string>();
TaskScheduler.UnobservedTaskException += (_, args) =>
{
    // Two leave exceptions to nobody: the driver those of its broken connections, and a settings file those of its torn contents.
    var error = args.Exception.ToString();
    if (!error.Contains("StackExchange.Redis.PhysicalConnection", StringComparison.Ordinal) && !error.Contains("Failed to load configuration from file", StringComparison.Ordinal))
    {
        unobserved.Enqueue(error);
    }
};

using var server = await FragileServer.StartAsync();
await using var application = new Application(server.EndPoint);
var load = new Load(application);
var trouble = new Troublemaker(application, server, seed);
Console.WriteLine($"seed {seed}, {length.TotalSeconds} s");

using var stop = new CancellationTokenSource();
var callers = load.RunAsync(stop.Token);

// Everything has happened once before it is weighed.
var warmUp = TimeSpan.FromSeconds(Math.Min(20, length.TotalSeconds / 3));
await DisturbAsync(warmUp);
var before = await Footprint.TakeAsync();
await DisturbAsync(length - warmUp);
var after = await Footprint.TakeAsync();

Check(await RecoversAsync(), "A backend did not recover within ten seconds after the last fault.");
await stop.CancelAsync();
await callers;
Check(load.Unexpected is null, $"A caller saw {load.Unexpected}");
Check(unobserved.IsEmpty, $"Exceptions were observed by nobody: {string.Join('\n', unobserved)}");

// In a window of a second a killed store may begin anew, and each node may decide alone.
Bound("Redis", load.Redis, Load.Limit * (2 + Application.Nodes));
Bound("Multi", load.Multi, Load.Limit * 3);
Bound("Memory", load.Memory, Load.Limit);
Bound("Settings", load.Settings, 50);

// Each step of the clock can begin a window, and stop callers for a period; steps are a tenth of a second apart at least.
Bound("Stepped", load.Stepped, 10 * (2 + 10));
Check(load.Stepped.LongestDrought < TimeSpan.FromSeconds(10), $"A clock that was set back stopped callers for {load.Stepped.LongestDrought}.");
Check(before.Bytes > 0 && after.Bytes <= before.Bytes + MostGrowth, $"Memory grew by more than {MostGrowth >> 20} MiB.");
Check(after.Handles < before.Handles + 64, "Handles were leaked.");
Check(after.Threads < before.Threads + 32, "Threads were leaked.");
Console.WriteLine($"faults: {string.Join(", ", trouble.Done.Select(done => $"{done.Key} {done.Value}"))}");
Console.WriteLine($"held before: {before}; after: {after}");
foreach (var rule in broken)
{
    Console.WriteLine("BROKEN: " + rule);
}

return broken.Count == 0 ? 0 : 1;

async Task DisturbAsync(TimeSpan time)
{
    using var end = new CancellationTokenSource(time);
    await trouble.RunAsync(end.Token);
}

async Task<bool> RecoversAsync()
{
    for (var i = 0; i < 100; i++)
    {
        var states = await Task.WhenAll(application.Remote.Select(async node => (await node.CheckHealthAsync(CancellationToken.None)).IsHealthy));
        if (Array.TrueForAll(states, isHealthy => isHealthy) && application.Multi.Statuses[0].IsActive)
        {
            return true;
        }

        await Task.Delay(100);
    }

    return false;
}

void Bound(string name, Tally tally, long most)
{
    var admitted = tally.TakeMost();
    Console.WriteLine($"{name}: {tally.Decided} decided, {tally.Degraded} degraded, at most {admitted} in a second, longest wait {tally.Longest.TotalMilliseconds:F0} ms");
    Check(tally.Decided > 0, $"{name} decided nothing.");
    Check(admitted > 0 && admitted <= most, $"{name} admitted {admitted} in a second, where {most} are the most.");
    Check(tally.Longest < TimeSpan.FromSeconds(2), $"{name} let a caller wait {tally.Longest}.");
}

void Check(bool holds, string rule)
{
    if (!holds)
    {
        broken.Add(rule);
    }
}

int Number(string name, int otherwise) =>
    Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length
        ? int.Parse(args[at + 1], CultureInfo.InvariantCulture)
        : otherwise;
