// Published as native code, this shows that limits need no reflection: annotated methods, a decorator from a service
// provider, and the numeric cases that the tests run. With the arguments "calls <way> <times>" it only calls, so that
// somebody can count what a call takes.
using System.Globalization;
using AotSmoke;
using Microsoft.Extensions.DependencyInjection;
using SmartRateLimit;
using SmartRateLimit.Contract.Vectors;

if (args is ["calls", var way, var times])
{
    return Calls.Run(way, int.Parse(times, CultureInfo.InvariantCulture));
}

var services = new ServiceCollection();
services.AddSmartRateLimit();
services.AddSingleton(provider => new Reports(provider.GetRequiredService<IRateLimiter>()));
services.AddRateLimited<IForecast, Forecast>();
await using var provider = services.BuildServiceProvider();

var reports = provider.GetRequiredService<Reports>();
var forecast = provider.GetRequiredService<IForecast>();
Console.WriteLine($"methods: {await Admitted(() => Task.FromResult(reports.Print("ann")))} of 5 printed, "
    + $"{await Admitted(() => reports.CountAsync("ann", 7).AsTask())} counted, "
    + $"{await Admitted(() => reports.SendAsync(Guid.Empty))} sent");
Console.WriteLine($"decorator: {await Admitted(() => Task.FromResult(forecast.Temperature("Rome")))} of 5 answered");

var cases = Vector.All.Where(vector => vector.Subject == "limiter").ToList();
foreach (var vector in cases)
{
    await new VectorRun(vector, time => new MemoryBackend(new MemoryBackendOptions { TimeProvider = time })).RunAsync();
}

Console.WriteLine($"vectors: {cases.Count} passed");
return 0;

static async Task<int> Admitted(Func<Task> call)
{
    var admitted = 0;
    for (var i = 0; i < 5; i++)
    {
        try
        {
            await call();
            admitted++;
        }
        catch (RateLimitExceededException)
        {
        }
    }

    return admitted;
}
