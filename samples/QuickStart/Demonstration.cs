using SmartRateLimit;

namespace QuickStart;

/// <summary>The same calls under three algorithms side by side, and a queue that spaces a crowd out.</summary>
internal static class Demonstration
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(Services services, Timeline timeline)
    {
        timeline.Title(
            "Ann calls each service five times a second for four seconds.",
            "token bucket 2/s, 5",
            "fixed window 3/s",
            "sliding window 4/2s");
        for (var call = 0; call < 20; call++)
        {
            timeline.BeginRow();
            await Attempt(() => services.SearchAsync("ann", "the words to look for"));
            await Attempt(() => Task.FromResult(services.SignIn("ann", "correct horse battery staple")));
            await Attempt(() => Task.FromResult(services.Report("ann")));
            timeline.EndRow();
            await Task.Delay(Step);
        }

        timeline.Title("Six pages are sent to a leaky bucket of 4/s with room for 5 at once.");
        await Task.WhenAll(Enumerable.Range(1, 6).Select(page => PrintAsync(services, timeline, page)));
    }

    private static async Task PrintAsync(Services services, Timeline timeline, int page)
    {
        try
        {
            timeline.Row(await services.PrintAsync($"page {page}") + " printed");
        }
        catch (RateLimitExceededException rejection)
        {
            timeline.Row($"page {page} rejected: {rejection.Message}");
        }
    }

    private static async Task Attempt(Func<Task<string>> call)
    {
        try
        {
            await call();
        }
        catch (RateLimitExceededException)
        {
            // The timeline has shown the decision already.
        }
    }
}
