namespace SmartRateLimit.Simulation;

/// <summary>How bad the wires of a simulation are, as probabilities per message.</summary>
/// <param name="Losses">It is lost.</param>
/// <param name="Duplicates">A request is delivered twice.</param>
/// <param name="LateMessages">It takes up to 200 ms instead of 2 ms.</param>
internal readonly record struct WireQuality(double Losses, double Duplicates, double LateMessages)
{
    public static WireQuality Draw(World world) => world.Random.Next(4) switch
    {
        0 => default,
        1 => new WireQuality(0.001, 0, 0.01),
        2 => new WireQuality(0.01, 0.01, 0.05),
        _ => new WireQuality(0.05, 0.05, 0.2),
    };
}
