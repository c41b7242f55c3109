namespace SmartRateLimit.Limiting;

/// <summary>The limiter of the whole process: that of the host started last that still runs, or else the embedded one.</summary>
internal static class SharedLimiter
{
    private static readonly object Gate = new();
    private static readonly List<Registration> Running = [];
    private static volatile IRateLimiter _current = new SmartRateLimiter(new MemoryBackend());

    private static readonly IRateLimiter Embedded = _current;

    public static IRateLimiter Current => _current;

    /// <summary>Makes a limiter the shared one until the returned registration is disposed, in whatever order hosts end.</summary>
    public static IDisposable Use(IRateLimiter limiter)
    {
        var registration = new Registration(limiter);
        lock (Gate)
        {
            Running.Add(registration);
            _current = limiter;
        }

        return registration;
    }

    private sealed class Registration(IRateLimiter limiter) : IDisposable
    {
        public void Dispose()
        {
            lock (Gate)
            {
                if (Running.Remove(this))
                {
                    _current = Running.Count > 0 ? Running[^1].Limiter : Embedded;
                }
            }
        }

        private IRateLimiter Limiter => limiter;
    }
}
