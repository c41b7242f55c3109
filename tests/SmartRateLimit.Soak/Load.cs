using System.Diagnostics;

namespace SmartRateLimit.Soak;

/// <summary>Callers who never stop asking, and what they were told.</summary>
internal sealed class Load(Application application)
{
    public const int Limit = 100;

    // A little shorter than the period: the clock of the store's machine may run a little faster or slower for a while.
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(0.99);

    // Exact in any window, so that one too many shows.
    private static readonly RateLimitPolicy Policy = RateLimitPolicy.Parse("soak", "100/s") with { Algorithm = RateLimitAlgorithm.SlidingWindow };
    private static readonly RateLimitPolicy Configured = RateLimitPolicy.Parse("configured", "50/s") with { Algorithm = RateLimitAlgorithm.SlidingWindow };

    // Its windows are those of the wall clock, which is set.
    private static readonly RateLimitPolicy Aligned = RateLimitPolicy.Parse("aligned", "10/s") with { Algorithm = RateLimitAlgorithm.FixedWindow, AlignToClock = true };

    public Tally Redis { get; } = new(Window);

    public Tally Multi { get; } = new(Window);

    public Tally Memory { get; } = new(Window);

    public Tally Settings { get; } = new(Window);

    /// <summary>A limit whose clock is set again and again.</summary>
    public Tally Stepped { get; } = new(Window);

    /// <summary>What no caller may ever see.</summary>
    public Exception? Unexpected { get; private set; }

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
        [
            .. application.Remote.SelectMany(node => Enumerable.Range(0, 4).Select(_ =>
                CallAsync(Redis, () => node.AcquireAsync(Policy, "hot", 1, CancellationToken.None), stop))),
            CallAsync(Multi, () => application.Multi.AcquireAsync(Policy, "multi", 1, CancellationToken.None), stop),
            CallAsync(Memory, () => application.Memory.AcquireAsync(Policy, "memory", 1, CancellationToken.None), stop),
            CallAsync(Stepped, () => application.Memory.AcquireAsync(Aligned, "aligned", 1, CancellationToken.None), stop),
            CallAsync(Settings, () => application.Configured.AcquireAsync(Configured, "configured", 1, CancellationToken.None), stop),
        ]);

    private async Task CallAsync(Tally tally, Func<ValueTask<RateLimitDecision>> ask, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var asked = Stopwatch.GetTimestamp();
            try
            {
                tally.Note(await ask(), asked);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                Unexpected ??= exception;
            }

            // A refusal is answered from memory, and a loop of those would be the whole load.
            await Task.Delay(1, CancellationToken.None);
        }
    }
}
