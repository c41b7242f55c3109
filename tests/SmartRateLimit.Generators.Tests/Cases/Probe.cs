/// <summary>Says in a few characters how calls ended. It is compiled with every case.</summary>
public static class Probe
{
    public static IRateLimiter Limiter() => new SmartRateLimiter(new MemoryBackend());

    public static string Of(params Func<object?>[] calls) => string.Join(" ", calls.Select(Of));

    public static string Of(int times, Action call) => Of([.. Enumerable.Repeat<Func<object?>>(() => { call(); return "done"; }, times)]);

    /// <summary>Calls that are awaited, one after the other; one that throws before it returns a task is shouted at.</summary>
    public static async Task<string> Of(params Func<Task<object?>>[] calls)
    {
        var said = new List<string>();
        foreach (var call in calls)
        {
            said.Add(await Of(call));
        }

        return string.Join(" ", said);
    }

    public static async Task<object?> Done(Task task)
    {
        await task;
        return "done";
    }

    public static async Task<object?> Value<T>(Task<T> task) => await task;

    public static async Task<object?> All<T>(IAsyncEnumerable<T> items, CancellationToken cancellationToken = default)
    {
        var said = "";
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            said += item;
        }

        return said;
    }

    private static async Task<string> Of(Func<Task<object?>> call)
    {
        Task<object?> task;
        try
        {
            task = call();
        }
        catch (Exception exception)
        {
            return "THROWN:" + Name(exception);
        }

        try
        {
            return $"{await task}";
        }
        catch (Exception exception)
        {
            return Name(exception) + (task.IsCanceled ? "(canceled)" : "");
        }
    }

    private static string Of(Func<object?> call)
    {
        try
        {
            return $"{call()}";
        }
        catch (Exception exception)
        {
            return Name(exception);
        }
    }

    private static string Name(Exception exception) => exception is RateLimitExceededException ? "rejected" : exception.GetType().Name;
}
