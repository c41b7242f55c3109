using System.Diagnostics;
using System.Globalization;

namespace SmartRateLimit.MongoDB.Tests.Server;

public sealed class ManyNodesTests(MongoServerFixture fixture)
{
    private const int Processes = 4;

    [Theory]
    [InlineData(RateLimitAlgorithm.TokenBucket, 50_000, 20_000, "remember")]
    [InlineData(RateLimitAlgorithm.TokenBucket, 2_000, 5_000, "forget")]
    [InlineData(RateLimitAlgorithm.LeakyBucket, 2_000, 5_000, "forget")]
    [InlineData(RateLimitAlgorithm.FixedWindow, 2_000, 5_000, "forget")]
    [InlineData(RateLimitAlgorithm.SlidingWindowCounter, 2_000, 5_000, "forget")]
    [InlineData(RateLimitAlgorithm.SlidingWindow, 500, 1_500, "forget")]
    public async Task Several_processes_on_one_key_are_admitted_exactly_the_limit(RateLimitAlgorithm algorithm, int callsPerProcess, int limit, string refusals)
    {
        var (connection, collection) = (fixture.ConnectionString, MongoServerFixture.NewName());
        var nodes = Enumerable.Range(0, Processes).Select(_ => RunAsync(connection, collection, algorithm, limit, callsPerProcess, refusals));
        var counts = await Task.WhenAll(nodes);
        Assert.Equal(limit, counts.Sum(count => count[0]));
        Assert.Equal((Processes * callsPerProcess) - limit, counts.Sum(count => count[1]));
        Assert.Equal(0, counts.Sum(count => count[2]));
    }

    private static async Task<int[]> RunAsync(string connection, string collection, RateLimitAlgorithm algorithm, int limit, int calls, string refusals)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SmartRateLimit.MongoDB.Node.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])
            [program, connection, collection, FormattableString.Invariant($"{limit}/52w"), algorithm.ToString(), calls.ToString(CultureInfo.InvariantCulture), "64", refusals])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. output.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
    }
}
