using Microsoft.Extensions.Logging;

namespace SmartRateLimit.Tests.Remote;

public sealed class CircuitNewsTests
{
    [Fact]
    public async Task A_node_that_is_told_of_an_outage_spares_its_own_calls_for_one_break()
    {
        var signal = new LocalCircuitSignal();
        using var one = new RemoteBed(options => options.CircuitBreaker.Signal = signal);
        using var other = new RemoteBed(options => options.CircuitBreaker.Signal = signal);
        using var stranger = new RemoteBed(options => (options.Name, options.CircuitBreaker.Signal) = ("another store", signal));
        one.Store.FailWith(FakeStore.Outage);
        await one.Break(RemoteBed.Policy());

        Assert.Equal(CircuitState.Open, other.Backend.CircuitState);
        Assert.Equal(CircuitState.Closed, stranger.Backend.CircuitState);
        Assert.True((await other.Acquire(RemoteBed.Policy())).IsDegraded);
        Assert.Empty(other.Store.Calls);

        // The store serves this node well, and the other node's failing probes do not matter to it.
        other.Time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.False((await other.Acquire(RemoteBed.Policy())).IsDegraded);
        one.Time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.True((await one.Acquire(RemoteBed.Policy())).IsDegraded);
        Assert.Equal(CircuitState.Closed, other.Backend.CircuitState);
    }

    [Fact]
    public async Task A_disposed_backend_listens_no_more()
    {
        var signal = new LocalCircuitSignal();
        var bed = new RemoteBed(options => options.CircuitBreaker.Signal = signal);
        await bed.Backend.DisposeAsync();

        signal.SendOpened(bed.Backend.Name);

        Assert.Equal(CircuitState.Closed, bed.Backend.CircuitState);
    }

    [Fact]
    public async Task A_configuration_error_is_logged_once_a_minute_and_its_end_once()
    {
        var log = new ListLogger();
        using var bed = new RemoteBed(options => options.Logger = log);
        bed.Store.FailWith(FakeStore.WrongPassword);
        for (var i = 0; i < 260; i++)
        {
            await bed.Acquire(RemoteBed.Policy());
            bed.Time.Advance(TimeSpan.FromMilliseconds(500));
        }

        bed.Store.Recover();
        await bed.Acquire(RemoteBed.Policy());

        Assert.Equal([LogLevel.Error, LogLevel.Error, LogLevel.Error, LogLevel.Information], log.Levels);
    }

    private sealed class ListLogger : ILogger
    {
        public List<LogLevel> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Levels.Add(logLevel);
    }
}
