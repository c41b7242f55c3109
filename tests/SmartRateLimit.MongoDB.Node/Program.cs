// One node of an application, as a process: asks a number of times for one key and prints how often it was admitted,
// rejected, and answered by a fallback.
using System.Globalization;
using MongoDB.Driver;
using SmartRateLimit;
using SmartRateLimit.MongoDB;

var (connectionString, collection, rate, algorithm) = (args[0], args[1], args[2], Enum.Parse<RateLimitAlgorithm>(args[3]));
var calls = int.Parse(args[4], CultureInfo.InvariantCulture);
var callers = int.Parse(args[5], CultureInfo.InvariantCulture);

using var client = new MongoClient(connectionString);
using var backend = new MongoBackend(client.GetDatabase("smartratelimit-tests"), new MongoBackendOptions
{
    Collection = collection,
    KeyPrefix = "nodes",
    Timeout = TimeSpan.FromSeconds(30),
    MaxRememberedRefusals = args.Contains("forget") ? 0 : 1_000,
});
var policy = RateLimitPolicy.Parse("node", rate) with { Algorithm = algorithm };
var (admitted, rejected, degraded) = (0, 0, 0);
await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
{
    await Task.Yield();
    for (var i = caller; i < calls; i += callers)
    {
        var decision = await backend.AcquireAsync(policy, "key", 1, CancellationToken.None);
        Interlocked.Add(ref degraded, decision.IsDegraded ? 1 : 0);
        Interlocked.Add(ref admitted, decision.IsAllowed ? 1 : 0);
        Interlocked.Add(ref rejected, decision.IsAllowed ? 0 : 1);
    }
}));
Console.WriteLine(FormattableString.Invariant($"{admitted} {rejected} {degraded}"));
