using System.Diagnostics;
using System.Globalization;
using SmartRateLimit.Contract;

namespace SmartRateLimit.Redis.Tests.Store;

public sealed class ManyNodesTests(RedisServerFixture fixture)
{
    private const int Processes = 4;

    public static MatrixTheoryData<RateLimitAlgorithm, int> AlgorithmsAndSkews => new(Enum.GetValues<RateLimitAlgorithm>(), [5, 5_000_000]);

    // Seen to fail: each node had buckets of its own.
    [Theory]
    [InlineData(250_000, 100_000, "remember")]
    [InlineData(25_000, 70_000, "forget")]
    public async Task Several_processes_on_one_key_are_admitted_exactly_the_limit(int callsPerProcess, int limit, string refusals)
    {
        var prefix = RedisServerFixture.NewPrefix();
        var nodes = Enumerable.Range(0, Processes).Select(_ => RunAsync(prefix, limit, callsPerProcess, refusals));
        var counts = await Task.WhenAll(nodes);
        Assert.Equal(limit, counts.Sum(count => count[0]));
        Assert.Equal((Processes * callsPerProcess) - limit, counts.Sum(count => count[1]));
        Assert.Equal(0, counts.Sum(count => count[2]));
    }

    // Seen to fail: each node had buckets of its own; the clock of the node that asked decided (by months).
    [Theory]
    [MemberData(nameof(AlgorithmsAndSkews))]
    public void Nodes_whose_clocks_differ_by_ten_seconds_or_months_hold_one_limit(RateLimitAlgorithm algorithm, int apart)
    {
        var policy = RateLimitPolicy.Parse("policy", "100/w") with { Algorithm = algorithm };
        var prefix = RedisServerFixture.NewPrefix();
        var admitted = 0;
        foreach (var seconds in (int[])[-apart, apart, -apart])
        {
            var time = new FakeTime(DateTimeOffset.UtcNow.AddSeconds(seconds));
            using var node = new RedisBackend(fixture.Multiplexer, new RedisBackendOptions { KeyPrefix = prefix, TimeProvider = time });
            for (var i = 0; i < 60; i++)
            {
                admitted += node.Acquire(policy, "key", 1).IsAllowed ? 1 : 0;
            }
        }

        Assert.Equal(100, admitted);
    }

    private async Task<int[]> RunAsync(string prefix, int limit, int calls, string refusals)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SmartRateLimit.Redis.Node.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])
            [program, fixture.Server.EndPoint, prefix, FormattableString.Invariant($"{limit}/52w"), calls.ToString(CultureInfo.InvariantCulture), "64", refusals])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. output.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
    }
}
