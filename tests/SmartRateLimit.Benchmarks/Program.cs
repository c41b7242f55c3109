using BenchmarkDotNet.Running;
using SmartRateLimit.Benchmarks;
using SmartRateLimit.Benchmarks.Http;
using SmartRateLimit.Benchmarks.Measuring;

// --filter '*': the table of BenchmarkDotNet (which has more arguments of its own).
// --quick:     every section's ratios on the console, in under two minutes; `--quick memory` only one section.
// --report:    the same with more pairs, and writes docs/benchmarks.md and docs/benchmarks.svg.
// --serve:     a server that the section http starts for itself.
// --faults:    what faults cost, on servers that this program starts; `--faults failover reset` only some.
var sections = Sections.Named(args.Skip(1));
switch (args.FirstOrDefault())
{
    case "--quick":
        return await Figures.RunAsync(sections, Effort.Quick, Console.Out);
    case "--report":
        return await Report.WriteAsync(sections, Effort.Full, Console.Out);
    case PlaintextServer.Argument:
        return await PlaintextServer.RunAsync(Enum.Parse<Limiting>(args[1]));
    case "--faults":
        return await Sections.RunFaultsAsync(args.Skip(1), Console.Out);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
