using SmartRateLimit.Contract;

namespace SmartRateLimit.Simulation;

/// <summary>
/// The time of a simulation and all that is going to happen in it. It runs on the only worker of the thread pool, so
/// what the product hands to the pool runs when this loop gives way, and nothing runs beside it.
/// </summary>
internal sealed class World(int seed)
{
    public FakeTime Time { get; } = new();

    public Random Random { get; } = new(seed);

    /// <summary>The moment, counted from the start.</summary>
    public TimeSpan Now => Time.GetElapsedTime(Start);

    private long Start { get; } = new FakeTime().GetTimestamp();

    public bool Chance(double probability) => Random.NextDouble() < probability;

    /// <summary>A duration between two others; short ones are as likely in each power of ten.</summary>
    public TimeSpan Draw(TimeSpan least, TimeSpan most) =>
        least * Math.Pow(most / least, Random.NextDouble());

    public void After(TimeSpan delay, Action action)
    {
        ITimer? timer = null;
        timer = Time.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                action();
            },
            null,
            delay,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Lets everything happen that falls due until a moment.</summary>
    public async Task RunUntilAsync(TimeSpan end)
    {
        await SettleAsync();
        while (Time.TryPassToNext(end - Now))
        {
            await SettleAsync();
        }

        Time.Advance(end - Now);
        await SettleAsync();
    }

    private static async Task SettleAsync()
    {
        while (ThreadPool.PendingWorkItemCount > 0)
        {
            await Task.Yield();
        }
    }
}
