namespace SmartRateLimit.Simulation;

/// <summary>What goes wrong, at moments drawn beforehand, and is put right before the trouble ends.</summary>
internal sealed class Disturbances(World world, Scenario scenario, IReadOnlyList<StoreServer> servers, IReadOnlyList<Node> nodes)
{
    public void Schedule()
    {
        var count = scenario.IsCalm ? 0 : world.Random.Next(0, 7);
        for (var i = 0; i < count; i++)
        {
            var begin = Scenario.Trouble * world.Random.NextDouble();
            var length = world.Draw(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(5));
            var end = begin + length < Scenario.Trouble ? begin + length : Scenario.Trouble;
            Schedule(begin, end);
        }
    }

    private void Schedule(TimeSpan begin, TimeSpan end)
    {
        var server = Any(servers);
        var wire = Any(Any(nodes).Wires);
        switch (world.Random.Next(7))
        {
            case 0:
                world.After(begin, server.Stop);
                world.After(end, server.Start);
                break;
            case 1:
                world.After(begin, () => wire.IsBlackHole = true);
                world.After(end, () => wire.IsBlackHole = false);
                break;
            case 2:
                world.After(begin, () => wire.Slowdown = TimeSpan.FromMilliseconds(500));
                world.After(end, () => wire.Slowdown = TimeSpan.Zero);
                break;
            case 3:
                // For everybody at once.
                world.After(begin, () => Cut(server, isCut: true));
                world.After(end, () => Cut(server, isCut: false));
                break;
            case 4:
                var step = world.Draw(TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)) * (world.Chance(0.5) ? 1 : -1);
                world.After(begin, () => server.StepClock(step));
                break;
            case 5:
                var key = $"key {world.Random.Next(scenario.Keys)}";
                var node = Any(nodes);
                world.After(begin, () => _ = node.ResetAsync(key));
                break;
            default:
                world.After(begin, server.Start);
                break;
        }
    }

    private void Cut(StoreServer server, bool isCut)
    {
        for (var i = 0; i < servers.Count; i++)
        {
            foreach (var node in nodes.Where(_ => servers[i] == server))
            {
                node.Wires[i].IsBlackHole = isCut;
            }
        }
    }

    private T Any<T>(IReadOnlyList<T> list) => list[world.Random.Next(list.Count)];
}
