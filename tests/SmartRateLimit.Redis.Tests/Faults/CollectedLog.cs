using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SmartRateLimit.Redis.Tests.Faults;

/// <summary>Keeps the levels of what is logged.</summary>
internal sealed class CollectedLog : ILogger
{
    private readonly ConcurrentQueue<LogLevel> _levels = new();

    public int Count(LogLevel level) => _levels.Count(entry => entry == level);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _levels.Enqueue(logLevel);
}
