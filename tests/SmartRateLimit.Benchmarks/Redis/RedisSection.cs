using System.Globalization;
using SmartRateLimit.Benchmarks.Measuring;

namespace SmartRateLimit.Benchmarks.Redis;

/// <summary>Redis beside one script call per acquire: turns of each, in one process, on one connection and one server.</summary>
internal static class RedisSection
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

    /// <summary>Until code is compiled for good, which takes the longer the more of it there is.</summary>
    private static readonly TimeSpan Compiling = TimeSpan.FromSeconds(1.5);

    /// <summary>Many callers take longer to get going than one loop.</summary>
    private const int SlicesPerTurn = 5;

    private const string SameScript = "one EVALSHA each, same script";
    private const string LeastScript = "one EVALSHA each, minimal script";

    public static async Task RunAsync(Sheet sheet)
    {
        await using var bed = await RedisBed.StartAsync();
        await CompareAsync(sheet, bed, "one key", callers: 1, target: 1 / 1.1, () => 0, isFirst: true);
        await CompareAsync(sheet, bed, "one key", 64, 5, () => 0);
        await CompareAsync(sheet, bed, "one key", 256, 5, () => 0);
        await CompareAsync(sheet, bed, "10 000 random keys", 64, 1.5, RedisBed.AnyKey);
        await CompareAsync(sheet, bed, "10 000 random keys", 256, 1.5, RedisBed.AnyKey);
        await RefuseAsync(sheet, bed);
        var (single, piped) = (await bed.CeilingAsync(1), await bed.CeilingAsync(16));
        sheet.Note(Invariant($"redis-benchmark with 64 connections and the minimal script: {single:N0} a second, {piped:N0} with 16 requests in a pipeline."));
    }

    private static async Task CompareAsync(Sheet sheet, RedisBed bed, string keys, int callers, double target, Func<int> key, bool isFirst = false)
    {
        var turn = sheet.Effort.Slice * SlicesPerTurn;
        Func<ValueTask<bool>>[] ways = [() => bed.ShippedAsync(key()), () => bed.MinimalAsync(key()), () => bed.LimiterAsync(key())];
        foreach (var way in ways)
        {
            await Callers.RunAsync(callers, isFirst ? Compiling : WarmUp, way);
        }

        var rates = ways.Select(_ => new List<double>()).ToArray();
        var (scripts, asked) = (0L, 0L);
        for (var pair = 0; pair < sheet.Effort.Pairs; pair++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var before = await bed.ScriptCallsAsync();
                var (calls, rate) = await Callers.RunAsync(callers, turn, ways[way]);
                rates[way].Add(rate);
                scripts += way == 2 ? await bed.ScriptCallsAsync() - before : 0;
                asked += way == 2 ? calls : 0;
            }
        }

        var name = Invariant($"{keys}, {callers} caller{(callers == 1 ? string.Empty : "s")}");
        sheet.Add(new Figure(name, SameScript, Rate(rates[0]), Rate(rates[2]), Ratio(rates[2], rates[0]), target));
        sheet.Add(new Figure(name, LeastScript, Rate(rates[1]), Invariant($"{Rate(rates[2])}, {(double)scripts / asked:0.000} calls each"), Ratio(rates[2], rates[1]), null));
    }

    private static async Task RefuseAsync(Sheet sheet, RedisBed bed)
    {
        const int Times = 100_000;
        while (await bed.RefusedAsync())
        {
            // Until the bucket is known to be over.
        }

        var before = await bed.ScriptCallsAsync();
        for (var i = 0; i < Times; i++)
        {
            _ = await bed.RefusedAsync();
        }

        var asked = await bed.ScriptCallsAsync() - before;
        sheet.Note(Invariant($"A key known to be over: {asked} calls of the server for {Times:N0} acquires (wanted: 0; {(asked == 0 ? "met" : "missed")})."));
    }

    private static Spread Ratio(List<double> ours, List<double> theirs) => Spread.Of(ours.Zip(theirs, (one, other) => one / other));

    private static string Rate(List<double> rates) => Invariant($"{Spread.Of(rates).Median:N0}/s");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
