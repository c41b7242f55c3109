using System.Diagnostics;
using SmartRateLimit.Servers.Redis;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>A server that refuses: when it is used again once that is mended, and that nobody was admitted before.</summary>
internal static class RefusalFigures
{
    public static async Task RunAsync(FaultTable table)
    {
        await RunAsync(table, "wrong password", FailureMode.Open, new RedisServerOptions { Password = "right" }, ",password=wrong", [], ["CONFIG", "SET", "requirepass", "wrong"]);
        await RunAsync(table, "missing permission", FailureMode.Open, new RedisServerOptions(), "", ["ACL", "SETUSER", "default", "-evalsha", "-eval"], ["ACL", "SETUSER", "default", "+@all"]);
        await RunAsync(table, "out of memory", FailureMode.Closed, new RedisServerOptions(), "", ["CONFIG", "SET", "maxmemory", "1"], ["CONFIG", "SET", "maxmemory", "0"]);
        await RunAsync(table, "READONLY", FailureMode.Closed, new RedisServerOptions(), "", ["REPLICAOF", "127.0.0.1", "1"], ["REPLICAOF", "NO", "ONE"]);
    }

    private static async Task RunAsync(FaultTable table, string fault, FailureMode mode, RedisServerOptions options, string suffix, string[] make, string[] mend)
    {
        using var server = await RedisServer.StartAsync(options);
        using var console = await server.ConnectAsync();
        if (make.Length > 0)
        {
            console.Send(make);
        }

        await using var node = new Node(server.EndPoint + suffix);
        var policy = Node.Policy with { OnBackendFailure = mode };
        var load = Sampler.Start(4, () => node.Limiter.AcquireAsync(policy, "key"));
        await Task.Delay(TimeSpan.FromSeconds(2));
        console.Send(mend);
        var mended = Stopwatch.GetTimestamp();
        var recovered = await load.DecidedAfterAsync(mended);
        var before = (await load.StopAsync()).Where(sample => sample.Ended < mended).ToList();
        table.Add($"{fault}: admitted of {before.Count}", "0", $"{before.Count(sample => sample.Decision.IsAllowed)}", before.TrueForAll(sample => !sample.Decision.IsAllowed));
        table.Add($"{fault}: store decides after it is mended", "1 s", recovered, TimeSpan.FromSeconds(1));
    }
}
