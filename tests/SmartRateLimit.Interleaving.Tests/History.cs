namespace SmartRateLimit.Interleaving;

/// <summary>
/// What several callers did and were told. It is explained by an order of all calls in which each takes effect between its
/// beginning and its end, and in which one caller alone would have been told the same (M. Herlihy and J. Wing, 1990).
/// </summary>
/// <typeparam name="TState">What the calls read and change.</typeparam>
internal sealed class History<TState>
    where TState : struct, IEquatable<TState>
{
    private readonly List<Call> _calls = [];
    private int _clock;

    /// <summary>A call whose effect the caller knows when it is back.</summary>
    /// <param name="what">The call, in words.</param>
    /// <param name="call">Makes it, and says what its effect must have been on some state: the next one, or none that fits.</param>
    public void Note(string what, Func<Func<TState, TState?>> call)
    {
        var began = Now();
        Note(what, began, call());
    }

    /// <summary>A call that began at some time and is back.</summary>
    public void Note(string what, int began, Func<TState, TState?> effect) => _calls.Add(new Call(what, began, Now(), effect, MayBeMissing: false));

    /// <summary>A call that was given up: it may have an effect at any time, or none.</summary>
    public void NoteGivenUp(string what, int began, Func<TState, TState?> effect) => _calls.Add(new Call(what, began, int.MaxValue, effect, MayBeMissing: true));

    /// <summary>The time, at which a call begins.</summary>
    public int Now() => ++_clock;

    /// <returns>The calls, when no order explains them; otherwise <see langword="null"/>.</returns>
    public string? Explain(TState start) => IsExplained(0, start, []) ? null : "No order explains\n" + string.Join('\n', _calls.OrderBy(call => call.Began));

    private bool IsExplained(long done, TState state, HashSet<(long Done, TState State)> tried)
    {
        if (!tried.Add((done, state)))
        {
            return false;
        }

        // Nobody may come after one that had not begun when it ended.
        var firstEnd = int.MaxValue;
        var isOver = true;
        for (var i = 0; i < _calls.Count; i++)
        {
            if ((done >> i & 1) == 0)
            {
                firstEnd = Math.Min(firstEnd, _calls[i].Ended);
                isOver &= _calls[i].MayBeMissing;
            }
        }

        if (isOver)
        {
            return true;
        }

        for (var i = 0; i < _calls.Count; i++)
        {
            if ((done >> i & 1) == 0 && _calls[i].Began <= firstEnd && _calls[i].Effect(state) is { } next && IsExplained(done | (1L << i), next, tried))
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Call(string What, int Began, int Ended, Func<TState, TState?> Effect, bool MayBeMissing)
    {
        public override string ToString() => FormattableString.Invariant($"{Began}-{(MayBeMissing ? "?" : Ended)}: {What}");
    }
}
