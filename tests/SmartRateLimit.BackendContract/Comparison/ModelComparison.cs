using System.Globalization;
using SmartRateLimit.Contract.Vectors;
using Xunit.Sdk;

namespace SmartRateLimit.Contract.Comparison;

/// <summary>
/// Compares a backend with the model over random histories. Every history follows from its seed; one that differs is
/// shrunk to the operations that matter before it is reported.
/// </summary>
/// <param name="createBackend">Creates the backend that is compared.</param>
/// <param name="granule">Ticks in one step of its clock.</param>
/// <param name="step">Ticks in one part of a period in which it holds what is spent; 0 where it takes the largest parts that do.</param>
/// <param name="hasMonotonicClock">Whether steps of the wall clock mean nothing to what is not aligned to it, as in a process; otherwise it is a store, with one clock.</param>
public sealed class ModelComparison(Func<FakeTime, IRateLimitBackend> createBackend, long granule = 1, bool hasMonotonicClock = true, long step = 0)
{
    private const int OperationsPerHistory = 120;

    private readonly Grain _grain = new(granule);

    /// <summary>How much is compared: SMARTRATELIMIT_OPERATIONS where it is set, for a long run, or so many.</summary>
    public static int Operations(int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable("SMARTRATELIMIT_OPERATIONS"), CultureInfo.InvariantCulture, out var operations) ? operations : otherwise;

    /// <summary>Lives through histories until so many decisions and other operations have been compared.</summary>
    public async Task RunAsync(int operations, int seed)
    {
        while (operations > 0)
        {
            operations -= await RunHistoryAsync(seed++);
        }
    }

    /// <summary>A random history as a case for the vectors; <see langword="null"/> where it cannot be written as one.</summary>
    public async Task<Vector?> DrawVectorAsync(int seed)
    {
        var (scenario, _) = await LiveAsync(seed);
        return new ScenarioVector(scenario).Write($"R{seed}") is { } json ? Vector.Parse(json.ToJsonString()) : null;
    }

    private async Task<int> RunHistoryAsync(int seed)
    {
        var (scenario, difference) = await LiveAsync(seed);
        if (difference is not null)
        {
            scenario = await ShrinkAsync(scenario);
            throw new XunitException($"seed {seed}: {difference}\nshrunk to\n{scenario}\n{await FirstDifferenceAsync(scenario)}\nto be kept in vectors.json\n{new ScenarioVector(scenario).Write($"S{seed}")}");
        }

        return Math.Max(1, scenario.Operations.Count);
    }

    /// <summary>Lives through the history of a seed, until its end or a difference.</summary>
    private async Task<(Scenario Scenario, string? Difference)> LiveAsync(int seed)
    {
        var random = new Random(seed);
        var start = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(_grain.Down(random.NextInt64(TimeSpan.TicksPerDay * 9_000)));
        var policyDraw = new PolicyDraw(random, createBackend(new FakeTime(start)), _grain);
        var policies = policyDraw.NextSet();
        var operationDraw = new OperationDraw(random, policies, _grain, hasMonotonicClock);
        var done = new List<Operation>(OperationsPerHistory);
        var scenario = new Scenario(start, policies, done, IsWrittenWhenAsked: hasMonotonicClock);
        var comparer = new Comparer(scenario, createBackend, _grain, step);
        while (done.Count < OperationsPerHistory)
        {
            var operation = operationDraw.Next(comparer.Policy, comparer.Last);
            if (comparer.IsBeyondTime(operation))
            {
                break;
            }

            done.Add(operation);
            if (await comparer.StepAsync(operation) is { } difference)
            {
                return (scenario, difference);
            }
        }

        return (scenario, null);
    }

    /// <summary>Drops operations for as long as the rest still shows a difference.</summary>
    private async Task<Scenario> ShrinkAsync(Scenario scenario)
    {
        for (var i = scenario.Operations.Count - 1; i >= 0; i--)
        {
            var shorter = scenario with { Operations = [.. scenario.Operations.Where((_, index) => index != i)] };
            if (await FirstDifferenceAsync(shorter) is not null)
            {
                scenario = shorter;
            }
        }

        return scenario;
    }

    private async Task<string?> FirstDifferenceAsync(Scenario scenario)
    {
        var comparer = new Comparer(scenario, createBackend, _grain, step);
        foreach (var operation in scenario.Operations)
        {
            if (await comparer.StepAsync(operation) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }
}
