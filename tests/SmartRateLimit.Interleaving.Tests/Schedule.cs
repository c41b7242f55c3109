using System.Globalization;
using Xunit.Sdk;

namespace SmartRateLimit.Interleaving;

/// <summary>
/// Lets one of several callers go on at a time and changes between them, as a seed says, at the places where threads meet:
/// before and after each atomic operation, and where one cannot have a lock. The same seed takes the same course.
/// </summary>
internal sealed class Schedule
{
    /// <summary>Places that a whole course may pass; who passes more waits for something that never comes.</summary>
    private const int MostPlaces = 1_000_000;

    [ThreadStatic]
    private static Turn? _own;

    private readonly Random _random;
    private readonly int _odds;
    private readonly List<Turn> _waiting;
    private readonly TaskCompletionSource _ended = new();
    private Exception? _failure;
    private int _places;

    private Schedule(int seed, Action[] callers)
    {
        _random = new Random(seed);

        // Some mishaps need many changes, some need one caller to go far while another stands still.
        _odds = 1 << _random.Next(1, 6);
        _waiting = [.. callers.Select((caller, number) => new Turn(this, number, caller))];
    }

    /// <summary>Whether the caller of this is one of a schedule.</summary>
    public static bool IsControlled => _own is not null;

    /// <summary>Seeds that a test goes through: so many, or SMARTRATELIMIT_INTERLEAVINGS, or the one in SMARTRATELIMIT_SEED.</summary>
    public static IEnumerable<int> Seeds(int otherwise) => Number("SMARTRATELIMIT_SEED") is { } seed
        ? [seed]
        : Enumerable.Range(1, Number("SMARTRATELIMIT_INTERLEAVINGS") ?? otherwise);

    /// <summary>Lets callers run to their ends.</summary>
    /// <returns>A number that two courses share only if they are the same.</returns>
    public static int Run(int seed, params Action[] callers)
    {
        var schedule = new Schedule(seed, callers);
        schedule.Run();
        return schedule._failure is { } failure
            ? throw new XunitException($"seed {seed} (SMARTRATELIMIT_SEED={seed} repeats it): {failure}")
            : HashCode.Combine(schedule._places, schedule._random.Next());
    }

    /// <summary>A place where another may come in between.</summary>
    public static void Point() => _own?.Schedule.Pass(_own, mustLeave: false);

    /// <summary>Nothing can be done until another has gone on.</summary>
    public static void Wait() => _own?.Schedule.Pass(_own, mustLeave: true);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    private void Run()
    {
        var threads = _waiting.ConvertAll(turn => new Thread(() => Live(turn)) { IsBackground = true });
        threads.ForEach(thread => thread.Start());
        Next().Go.Release();
        _ended.Task.Wait();
        if (_failure is null)
        {
            threads.ForEach(thread => thread.Join());
        }
    }

    private void Live(Turn turn)
    {
        _own = turn;
        turn.Go.Wait();
        try
        {
            turn.Caller();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _failure ??= exception;
        }

        if (_failure is null && _waiting.Count > 0)
        {
            Next().Go.Release();
        }
        else
        {
            _ended.TrySetResult();
        }
    }

    private void Pass(Turn own, bool mustLeave)
    {
        if (++_places > MostPlaces)
        {
            _failure ??= new TimeoutException($"After {MostPlaces} places caller {own.Number} still waits for something that never comes.");
            _ended.TrySetResult();
            Thread.Sleep(Timeout.Infinite);
        }

        if (_waiting.Count > 0 && (mustLeave || _random.Next(_odds) == 0))
        {
            var next = Next();
            _waiting.Add(own);
            next.Go.Release();
            own.Go.Wait();
        }
    }

    private Turn Next()
    {
        var at = _random.Next(_waiting.Count);
        var next = _waiting[at];
        _waiting.RemoveAt(at);
        return next;
    }

    private sealed record Turn(Schedule Schedule, int Number, Action Caller)
    {
        public SemaphoreSlim Go { get; } = new(0);
    }
}
