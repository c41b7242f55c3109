using SmartRateLimit.Policies;

namespace SmartRateLimit.Backends.Memory.Cells;

/// <summary>What decisions of one lane say for one policy, in the order in which they are wanted.</summary>
internal sealed class LaneCases(RateProgram program, WordReading reading)
{
    public RateProgram Program { get; } = program;

    public DecisionCase Allowed { get; } = Case(program, RateLimitReason.Allowed, reading);

    public DecisionCase Exceeded { get; } = Case(program, RateLimitReason.Exceeded, reading);

    public DecisionCase CostExceedsLimit { get; } = Case(program, RateLimitReason.CostExceedsLimit, reading);

    private static DecisionCase Case(RateProgram program, RateLimitReason reason, WordReading reading) =>
        program.Cases.Get(0, reason == RateLimitReason.Allowed ? -1 : 0, reason, isDegraded: false).ReadBy(reading);
}
