using SmartRateLimit;

namespace Library;

/// <summary>A limited class of a library.</summary>
public sealed partial class Greeter(IRateLimiter limiter)
{
    [RateLimited("2/h", Key = nameof(name))]
    public partial string Greet(string name);

    private static string GreetCore(string name) => name;
}
