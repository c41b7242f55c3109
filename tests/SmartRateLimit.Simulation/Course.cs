namespace SmartRateLimit.Simulation;

/// <summary>One seed, from beginning to end, and what was wrong with it.</summary>
internal sealed class Course
{
    private readonly List<Answer> _answers = [];
    private readonly List<string> _violations = [];
    private readonly World _world;
    private readonly Scenario _scenario;
    private readonly StoreServer[] _servers;
    private readonly Node[] _nodes;

    private Course(int seed)
    {
        _world = new World(seed);
        _scenario = Scenario.Draw(_world);
        _servers = [.. Enumerable.Range(0, _scenario.Stores).Select(_ => new StoreServer(_world, NewClock()))];
        _nodes = [.. Enumerable.Range(0, _scenario.Nodes).Select(number => new Node(_world, _scenario, number, _servers, _answers))];
        Seed = seed;
    }

    public int Seed { get; }

    public Scenario Scenario => _scenario;

    public IReadOnlyList<Answer> Answers => _answers;

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>A number that is another one when anything went otherwise.</summary>
    public long Digest => _answers.Aggregate(17L, (digest, answer) => unchecked(
        (digest * 31) + answer.Told.Ticks + (answer.Node * 7) + (answer.Decision.IsAllowed ? 1 : 0) + (answer.Decision.IsDegraded ? 2 : 0) + answer.Decision.Remaining));

    public static async Task<Course> RunAsync(int seed)
    {
        var course = new Course(seed);
        await course.RunAsync();
        return course;
    }

    private async Task RunAsync()
    {
        var well = Scenario.Trouble + Scenario.Convalescence;
        var recalls = new RecallRule(_world, _scenario, _servers, _violations);
        foreach (var node in _nodes)
        {
            node.Recalled = recalls.Check;
            _world.After(TimeSpan.Zero, () => node.Begin(well + Scenario.Health));
        }

        new Disturbances(_world, _scenario, _servers, _nodes).Schedule();
        await _world.RunUntilAsync(Scenario.Trouble);
        foreach (var wire in _nodes.SelectMany(node => node.Wires))
        {
            wire.Heal();
        }

        await _world.RunUntilAsync(well + Scenario.Health + TimeSpan.FromSeconds(2));
        _violations.AddRange(Rules.Broken(_scenario, _servers, _nodes, _answers, well));
        foreach (var node in _nodes)
        {
            node.Dispose();
        }
    }

    private DriftingClock NewClock() =>
        new(_world, TimeSpan.FromSeconds((_world.Random.NextDouble() - 0.5) * 10), (_world.Random.NextDouble() - 0.5) * 0.0008);
}
