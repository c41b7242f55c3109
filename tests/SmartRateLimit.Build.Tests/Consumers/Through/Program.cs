using SmartRateLimit;

namespace Through;

internal static class Program
{
    private static void Main()
    {
        var service = new Service(new SmartRateLimiter(new MemoryBackend()));
        for (var call = 0; call < 3; call++)
        {
            try
            {
                service.Run("ann");
                Console.Write("yes ");
            }
            catch (RateLimitExceededException exception)
            {
                Console.WriteLine("no: " + exception.PolicyName);
            }
        }
    }
}

internal sealed partial class Service(IRateLimiter limiter)
{
    [RateLimited("2/h", Key = nameof(caller))]
    public partial int Run(string caller);

    private static int RunCore(string caller) => caller.Length;
}
