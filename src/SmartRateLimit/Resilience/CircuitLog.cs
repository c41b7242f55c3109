using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SmartRateLimit.Backends;

namespace SmartRateLimit.Resilience;

/// <summary>Writes that a backend fails, at most once a minute, and that it decides again.</summary>
internal sealed partial class CircuitLog(string backend, ILogger? logger, BackendClock clock)
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private long _nextEntry = long.MinValue;
    private int _isReported;

    public void Changed(CircuitStateChangedEventArgs change)
    {
        if (change.Failure is { } failure)
        {
            Report(failure);
        }
        else if (change.Current == CircuitState.Closed && Interlocked.Exchange(ref _isReported, 0) == 1)
        {
            Recovered(_logger, backend);
        }
    }

    private void Report(RateLimitBackendException failure)
    {
        var (now, due) = (clock.Monotonic, Volatile.Read(ref _nextEntry));
        if (now < due || Interlocked.CompareExchange(ref _nextEntry, now + TimeSpan.TicksPerMinute, due) != due)
        {
            return;
        }

        _ = Interlocked.Exchange(ref _isReported, 1);
        if (failure.Failure == BackendFailure.Misconfigured)
        {
            Refused(_logger, failure, backend, failure.Message);
        }
        else
        {
            Failed(_logger, failure, backend, failure.Message);
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "The rate limit backend {Backend} fails, so failure modes decide until it is back. {Error}")]
    private static partial void Failed(ILogger logger, Exception failure, string backend, string error);

    [LoggerMessage(31, LogLevel.Error, "The rate limit backend {Backend} refuses this application; its configuration has to be corrected. {Error}")]
    private static partial void Refused(ILogger logger, Exception failure, string backend, string error);

    [LoggerMessage(32, LogLevel.Information, "The rate limit backend {Backend} decides again")]
    private static partial void Recovered(ILogger logger, string backend);
}
