using System.Numerics;

namespace SmartRateLimit.Contract.Model;

/// <summary>What was poured into or drawn from a tank, and when, from a known level on.</summary>
/// <param name="start">The time from which the level is known.</param>
/// <param name="level">The level then.</param>
/// <param name="pass">What time alone does to a level.</param>
internal sealed class Tank(BigInteger start, BigInteger level, Func<BigInteger, BigInteger, BigInteger> pass)
{
    private const int MostEvents = 12;

    private readonly List<Event> _events = [];
    private BigInteger _start = start;
    private BigInteger _level = level;

    /// <summary>The newest time that the tank has seen.</summary>
    public BigInteger Last => _events.Count == 0 ? _start : _events[^1].Time;

    /// <summary>How long a clock that stepped back stands still.</summary>
    public BigInteger Lag(BigInteger now) => BigInteger.Max(0, Last - now);

    /// <summary>Forgets everything but a level.</summary>
    public void Restart(BigInteger now, BigInteger newLevel)
    {
        _events.Clear();
        (_start, _level) = (now, newLevel);
    }

    public BigInteger LevelAt(BigInteger now) => Replay(_events, BigInteger.Max(now, Last));

    public void Add(BigInteger now, BigInteger amount)
    {
        _events.Add(new Event(BigInteger.Max(now, Last), amount));
        if (_events.Count > MostEvents)
        {
            // Only the level matters to what follows, so the older half becomes the new beginning.
            var older = _events[..(MostEvents / 2)];
            (_level, _start) = (Replay(older, older[^1].Time), older[^1].Time);
            _events.RemoveRange(0, older.Count);
        }
    }

    private BigInteger Replay(List<Event> events, BigInteger end)
    {
        var (time, level) = (_start, _level);
        foreach (var (at, amount) in events)
        {
            // An amount given back may overfill the tank, so time passes once more for no ticks.
            level = pass(pass(level, at - time) + amount, BigInteger.Zero);
            time = at;
        }

        return pass(level, end - time);
    }
}
