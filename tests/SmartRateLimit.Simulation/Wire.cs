namespace SmartRateLimit.Simulation;

/// <summary>
/// The connection of one node to one store. Messages take a while, overtake one another, are lost, come twice, or find
/// the connection cut; a sender whose message is lost never hears of it.
/// </summary>
internal sealed class Wire(World world, WireQuality quality)
{
    private WireQuality _quality = quality;

    private static readonly TimeSpan FastestHop = TimeSpan.FromMilliseconds(0.05);

    /// <summary>Nothing gets through, and nobody is told.</summary>
    public bool IsBlackHole { get; set; }

    /// <summary>Each message is this much later.</summary>
    public TimeSpan Slowdown { get; set; }

    /// <summary>From now on every message arrives, once and soon.</summary>
    public void Heal() => _quality = default;

    /// <summary>Delivers a request, perhaps never or twice.</summary>
    public void Ask(Action deliver, bool mayComeTwice)
    {
        Deliver(deliver);
        if (world.Chance(_quality.Duplicates) && mayComeTwice)
        {
            Deliver(deliver);
        }
    }

    /// <summary>Delivers a message, perhaps never.</summary>
    public void Deliver(Action deliver)
    {
        if (IsBlackHole || world.Chance(_quality.Losses))
        {
            return;
        }

        var isLate = world.Chance(_quality.LateMessages);
        var hop = world.Draw(FastestHop, isLate ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromMilliseconds(2));
        world.After(hop + Slowdown, deliver);
    }
}
