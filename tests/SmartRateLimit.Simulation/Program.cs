// Runs the shipped backends on simulated nodes, wires, stores and clocks, one course per seed:
//   --seeds <count> [--first <seed>]   runs many; the exit code is 1 when any broke a rule
//   --seed <seed>                      runs one again and tells more about it
using System.Globalization;
using SmartRateLimit.Simulation;

// The loop must run on the pool's only worker, or what the product hands to the pool would run beside it.
return await Task.Run(() => Has("--seed") ? TellAsync(Number("--seed", 1)) : RunAllAsync(Number("--first", 1), Number("--seeds", 100)));

static async Task<int> RunAllAsync(int first, int count)
{
    var (answers, degraded, failed, digest) = (0L, 0L, 0, 0L);
    for (var seed = first; seed < first + count; seed++)
    {
        var course = await Course.RunAsync(seed);
        answers += course.Answers.Count;
        degraded += course.Answers.Count(answer => answer.Decision.IsDegraded);
        digest = unchecked((digest * 31) + course.Digest);
        failed += course.Violations.Count == 0 ? 0 : 1;
        foreach (var violation in course.Violations.Take(3))
        {
            Console.WriteLine($"seed {seed}: {violation}");
        }
    }

    Console.WriteLine($"{count} seeds, {answers} answers, {degraded} of them degraded, {failed} seeds broke a rule; digest {digest:x16}");
    return failed == 0 ? 0 : 1;
}

static async Task<int> TellAsync(int seed)
{
    var course = await Course.RunAsync(seed);
    Console.WriteLine(course.Scenario);
    foreach (var answer in course.Answers)
    {
        Console.WriteLine($"{answer.Asked} to {answer.Told}: node {answer.Node} asked {answer.Cost} of \"{answer.Key}\": {answer.Decision.Reason}, {answer.Decision.Remaining} left{(answer.Decision.IsDegraded ? ", degraded" : string.Empty)}");
    }

    foreach (var violation in course.Violations)
    {
        Console.WriteLine(violation);
    }

    return course.Violations.Count == 0 ? 0 : 1;
}

bool Has(string name) => Array.IndexOf(args, name) >= 0;

int Number(string name, int otherwise) =>
    Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length
        ? int.Parse(args[at + 1], CultureInfo.InvariantCulture)
        : otherwise;
