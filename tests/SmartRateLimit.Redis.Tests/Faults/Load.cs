using System.Diagnostics;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>Several callers who ask one after the other until they are told to stop. What a call throws is thrown when they end.</summary>
internal sealed class Load
{
    private readonly Func<ValueTask<RateLimitDecision>> _ask;
    private readonly TimeSpan _pause;
    private readonly Task _callers;
    private volatile bool _isOver;

    private Load(int callers, TimeSpan pause, Func<ValueTask<RateLimitDecision>> ask)
    {
        (_ask, _pause) = (ask, pause);
        _callers = Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
    }

    /// <summary>What came of it so far.</summary>
    public Tally Tally { get; } = new();

    public static Load Start(int callers, TimeSpan pause, Func<ValueTask<RateLimitDecision>> ask) => new(callers, pause, ask);

    /// <summary>Each caller asks a number of times.</summary>
    public static async Task<Tally> RunAsync(int callers, int calls, Func<ValueTask<RateLimitDecision>> ask)
    {
        var tally = new Tally();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < calls; i++)
            {
                await AskAsync(ask, tally);
            }
        })));
        return tally;
    }

    public async Task<Tally> StopAsync()
    {
        _isOver = true;
        await _callers;
        return Tally;
    }

    private static async Task AskAsync(Func<ValueTask<RateLimitDecision>> ask, Tally tally)
    {
        var started = Stopwatch.GetTimestamp();
        var decision = await ask();
        tally.Add(decision, Stopwatch.GetElapsedTime(started));
    }

    private async Task CallAsync()
    {
        while (!_isOver)
        {
            await AskAsync(_ask, Tally);
            await Task.Delay(_pause);
        }
    }
}
