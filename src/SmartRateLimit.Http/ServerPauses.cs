using System.Collections.Concurrent;

namespace SmartRateLimit.Http;

/// <summary>Until when servers asked the callers of a bucket to stay away.</summary>
internal sealed class ServerPauses(TimeProvider time)
{
    /// <summary>Beyond this many, those that are over are forgotten first.</summary>
    private const int ManyPauses = 1024;

    /// <summary>The longest that one answer can silence a client.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, (long Since, TimeSpan Length)> _pauses = new(StringComparer.Ordinal);

    public void Set(string key, TimeSpan pause)
    {
        if (_pauses.Count >= ManyPauses)
        {
            Forget();
        }

        var asked = (Since: time.GetTimestamp(), Length: pause < Longest ? pause : Longest);

        // Answers arrive in any order; the latest end counts.
        _pauses.AddOrUpdate(key, static (_, next) => next.asked, static (_, before, next) => next.owner.Left(before) > next.asked.Length ? before : next.asked, (asked, owner: this));
    }

    public TimeSpan Left(string key) => _pauses.TryGetValue(key, out var pause) ? Left(pause) : TimeSpan.Zero;

    private TimeSpan Left((long Since, TimeSpan Length) pause) => pause.Length - time.GetElapsedTime(pause.Since);

    private void Forget()
    {
        foreach (var entry in _pauses)
        {
            if (Left(entry.Value) <= TimeSpan.Zero)
            {
                _pauses.TryRemove(entry);
            }
        }
    }
}
