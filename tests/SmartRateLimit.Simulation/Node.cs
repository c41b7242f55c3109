namespace SmartRateLimit.Simulation;

/// <summary>One process of an application: the shipped backends, and callers who ask them.</summary>
internal sealed class Node : IDisposable
{
    private readonly World _world;
    private readonly Scenario _scenario;
    private readonly int _number;
    private readonly List<Answer> _answers;
    private readonly RemoteBackend[] _remotes;
    private readonly IAtomicRateLimitBackend _backend;

    public Node(World world, Scenario scenario, int number, IReadOnlyList<StoreServer> servers, List<Answer> answers)
    {
        (_world, _scenario, _number, _answers) = (world, scenario, number, answers);
        Clock = new DriftingClock(world, world.Draw(TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)), (world.Random.NextDouble() - 0.5) * 0.0008);
        Wires = [.. servers.Select(_ => new Wire(world, scenario.Wire))];
        _remotes = [.. servers.Select((server, index) => Remote(server, index))];
        _backend = _remotes.Length == 1
            ? _remotes[0]
            : new MultiBackend(_remotes, new MultiBackendOptions { TimeProvider = Clock, Strategy = scenario.Strategy });
    }

    public DriftingClock Clock { get; }

    public IReadOnlyList<Wire> Wires { get; }

    /// <summary>Callers who have not been told anything yet.</summary>
    public int Waiting { get; private set; }

    /// <summary>When a bucket was made to be forgotten from here.</summary>
    public List<TimeSpan> Resets { get; } = [];

    /// <summary>What no caller may ever see.</summary>
    public Exception? Unexpected { get; private set; }

    /// <summary>Whether a refusal that cost no round trip was one that the store would have made as well.</summary>
    public Action<Answer> Recalled { get; set; } = _ => { };

    /// <summary>Lets a caller come now, and the next one later.</summary>
    public void Begin(TimeSpan end)
    {
        if (_world.Now >= end)
        {
            return;
        }

        _ = AskAsync();
        var pause = -Math.Log(1 - _world.Random.NextDouble()) / _scenario.RequestsPerSecond;
        _world.After(TimeSpan.FromSeconds(pause), () => Begin(end));
    }

    public Task ResetAsync(string key)
    {
        Resets.Add(_world.Now);
        return Try(() => _backend.ResetAsync(_scenario.PolicyOf(key), key, CancellationToken.None).AsTask());
    }

    public void Dispose()
    {
        (_backend as IDisposable)?.Dispose();
        foreach (var remote in _remotes)
        {
            remote.Dispose();
        }
    }

    private RemoteBackend Remote(StoreServer server, int index)
    {
        var options = new RemoteBackendOptions { Name = $"store {index}", TimeProvider = Clock, MaxConcurrentCalls = 1 };
        options.CircuitBreaker.Jitter = 0;
        return new RemoteBackend(new SimulatedStore(server, Wires[index], _scenario.Slots), options);
    }

    private async Task AskAsync()
    {
        Waiting++;
        await Try(_world.Chance(0.1) && _scenario.Keys > 1 ? AskForTwoAsync : AskForOneAsync).ConfigureAwait(false);
        Waiting--;
    }

    private async Task AskForOneAsync()
    {
        var (key, cost, asked) = (DrawKey(), DrawCost(), _world.Now);
        using var patience = !_scenario.IsCalm && _world.Chance(0.05) ? new CancellationTokenSource(_world.Draw(TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(100)), Clock) : null;
        var pending = _backend.AcquireAsync(_scenario.PolicyOf(key), key, cost, patience?.Token ?? CancellationToken.None);
        var isImmediate = pending.IsCompleted;
        var answer = new Answer(_number, key, cost, asked, default, await pending.ConfigureAwait(false)) with { Told = _world.Now };
        _answers.Add(answer);
        if (isImmediate)
        {
            Recalled(answer);
        }
    }

    private async Task AskForTwoAsync()
    {
        var asked = _world.Now;
        var first = _world.Random.Next(_scenario.Keys);
        string[] keys = [Key(first), Key((first + 1) % _scenario.Keys)];
        RateLimitRequest[] requests = [.. keys.Select(key => new RateLimitRequest(_scenario.PolicyOf(key), key.AsMemory(), DrawCost()))];
        var decisions = new RateLimitDecision[2];
        var together = await _backend.AcquireAllAsync(requests, decisions, CancellationToken.None).ConfigureAwait(false);
        for (var i = 0; i < 2; i++)
        {
            _answers.Add(new Answer(_number, keys[i], together.IsAllowed ? requests[i].Cost : 0, asked, _world.Now, decisions[i]));
        }
    }

    private async Task Try(Func<Task> ask)
    {
        try
        {
            await ask().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
        catch (RateLimitBackendException)
        {
            // Only a reset may end so: it cannot be decided locally.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Unexpected ??= exception;
        }
    }

    private string DrawKey() => Key(_world.Random.Next(_scenario.Keys));

    private long DrawCost() => _world.Chance(0.2) ? _world.Random.Next(0, 4) : 1;

    private static string Key(int number) => $"key {number}";
}
