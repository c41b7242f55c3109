using System.Diagnostics;

namespace SmartRateLimit.Tests.Resilience;

/// <summary>Waits for what happens on other threads; how long never decides a test, only whether.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task Holds(Func<bool> condition, string what)
    {
        for (var watch = Stopwatch.StartNew(); !condition();)
        {
            Assert.True(watch.Elapsed < Patience, $"It never happened that {what}.");
            await Task.Delay(1);
        }
    }

    public static Task<T> Ends<T>(Task<T> task) => task.WaitAsync(Patience);

    public static Task Ends(Task task) => task.WaitAsync(Patience);
}
