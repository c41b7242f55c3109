// dotnet run --project samples/QuickStart                    a timeline of three algorithms, about six seconds
// dotnet run --project samples/QuickStart -- callers.txt     each line of the file is one call by that caller
// printf 'ann\nann\nbob\n' | dotnet run --project samples/QuickStart
using QuickStart;
using SmartRateLimit;

var timeline = new Timeline(Console.Out);
var limiter = new ObservedLimiter(new SmartRateLimiter(new MemoryBackend()), (_, decision) => timeline.Cell(decision));
var services = new Services(limiter);

if (args.Length > 0 && !File.Exists(args[0]))
{
    await Console.Error.WriteLineAsync($"There is no file {args[0]}; give a file with one caller a line, or none at all.");
    return 1;
}

using var file = args.Length > 0 ? File.OpenText(args[0]) : TextReader.Null;
var input = args.Length > 0 ? file : Console.IsInputRedirected ? Console.In : TextReader.Null;
var calls = await PipedCalls.RunAsync(input, services, timeline);
if (calls == 0)
{
    await Demonstration.RunAsync(services, timeline);
}

timeline.Summary();
return 0;
