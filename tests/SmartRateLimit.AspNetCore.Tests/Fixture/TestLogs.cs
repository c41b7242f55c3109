using System.Collections.Concurrent;

namespace SmartRateLimit.AspNetCore.Tests.Fixture;

/// <summary>Keeps what the application logged.</summary>
public sealed class TestLogs : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Message)> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue((logLevel, formatter(state, exception)));

    public bool Has(LogLevel level, string part) =>
        Entries.Any(entry => entry.Level == level && entry.Message.Contains(part, StringComparison.Ordinal));

    public void Dispose()
    {
    }
}
