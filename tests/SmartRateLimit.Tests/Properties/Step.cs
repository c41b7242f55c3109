using FsCheck;
using FsCheck.Fluent;

namespace SmartRateLimit.Tests.Properties;

/// <summary>What a caller who tries to get more than the limit may do next, said so that it means something after any other step.</summary>
public enum Move
{
    Ask,

    /// <summary>Takes all that is left, as one request.</summary>
    Drain,

    PassTick,
    PassFraction,
    PassPeriod,

    /// <summary>Until the period that is aligned to the clock ends.</summary>
    PassToSeam,

    /// <summary>Until one tick before that.</summary>
    PassNearlyToSeam,

    PassRetryAfter,
    PassNearlyRetryAfter,

    /// <summary>Goes on under the numbers of another policy, where there is one.</summary>
    Change,
}

/// <param name="Move">What is done.</param>
/// <param name="Amount">A cost, a fraction in sixteenths, or the number of a policy.</param>
public readonly record struct Step(Move Move, int Amount)
{
    public static Gen<Step> Draw { get; } = Gen.Frequency(
        (6, Gen.Choose(0, 4).Select(cost => new Step(Move.Ask, cost))),
        (3, Gen.Constant(new Step(Move.Drain, 0))),
        (4, Gen.Elements(Move.PassTick, Move.PassPeriod, Move.PassToSeam, Move.PassNearlyToSeam, Move.PassRetryAfter, Move.PassNearlyRetryAfter).Select(move => new Step(move, 0))),
        (2, Gen.Choose(1, 15).Select(sixteenths => new Step(Move.PassFraction, sixteenths))),
        (1, Gen.Choose(0, 2).Select(policy => new Step(Move.Change, policy))));
}
