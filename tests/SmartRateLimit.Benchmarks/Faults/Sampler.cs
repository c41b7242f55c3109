using System.Diagnostics;

namespace SmartRateLimit.Benchmarks.Faults;

/// <summary>Callers who go on asking while something happens to the store.</summary>
internal sealed class Sampler
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Func<ValueTask<RateLimitDecision>> _ask;
    private readonly List<Sample> _samples = [];
    private readonly Task _callers;
    private volatile bool _isOver;

    private Sampler(int callers, Func<ValueTask<RateLimitDecision>> ask)
    {
        _ask = ask;
        _callers = Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
    }

    public static Sampler Start(int callers, Func<ValueTask<RateLimitDecision>> ask) => new(callers, ask);

    public async Task<IReadOnlyList<Sample>> StopAsync()
    {
        _isOver = true;
        await _callers;
        return _samples;
    }

    /// <summary>Waits until the store itself decides a call that began after a moment.</summary>
    /// <returns>How long after that moment the first such call ended.</returns>
    public Task<TimeSpan> DecidedAfterAsync(long moment) => FirstAsync(moment, sample => !sample.Decision.IsDegraded);

    /// <summary>Waits until a fallback answers a call that began after a moment.</summary>
    public Task<TimeSpan> DegradedAfterAsync(long moment) => FirstAsync(moment, sample => sample.Decision.IsDegraded);

    private async Task<TimeSpan> FirstAsync(long moment, Func<Sample, bool> isMeant)
    {
        for (var waited = 0; waited < 60_000; waited++)
        {
            lock (_samples)
            {
                var found = _samples.FindIndex(sample => sample.Began >= moment && isMeant(sample));
                if (found >= 0)
                {
                    return Stopwatch.GetElapsedTime(moment, _samples[found].Ended);
                }
            }

            await Task.Delay(1);
        }

        throw new TimeoutException("What was waited for did not happen within a minute.");
    }

    private async Task CallAsync()
    {
        while (!_isOver)
        {
            var began = Stopwatch.GetTimestamp();
            var decision = await _ask();
            lock (_samples)
            {
                _samples.Add(new Sample(began, Stopwatch.GetTimestamp(), decision));
            }

            await Task.Delay(Pause);
        }
    }
}
