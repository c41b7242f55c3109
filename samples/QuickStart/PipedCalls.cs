using SmartRateLimit;

namespace QuickStart;

/// <summary>Real input: each line names a caller and is one search by that caller.</summary>
internal static class PipedCalls
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>How many calls there were; 0 when nobody writes to the pipe.</returns>
    public static async Task<int> RunAsync(TextReader input, Services services, Timeline timeline)
    {
        var calls = 0;

        // A pipe that nobody writes to, as some runners open it, must not hold the demonstration up.
        var line = await Task.Run(input.ReadLineAsync).WaitAsync(Patience).ContinueWith(read => read.IsCompletedSuccessfully ? read.Result : null, TaskScheduler.Default);
        if (line is null && Console.IsInputRedirected)
        {
            timeline.Title("No caller was named within a second, so here is a demonstration instead.");
        }

        for (; line is not null; line = await input.ReadLineAsync())
        {
            if (line.Trim() is { Length: > 0 } caller)
            {
                if (calls++ == 0)
                {
                    timeline.Title("Search: a token bucket of 2/s for each caller, burst 5");
                }

                await SearchAsync(caller, services, timeline);
            }
        }

        return calls;
    }

    private static async Task SearchAsync(string caller, Services services, Timeline timeline)
    {
        timeline.BeginRow(caller.PadRight(12) + " ");
        try
        {
            timeline.EndRow(await services.SearchAsync(caller, "the words to look for"));
        }
        catch (RateLimitExceededException)
        {
            timeline.EndRow();
        }
    }
}
