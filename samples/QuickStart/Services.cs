using System.Security.Cryptography;
using System.Text;
using SmartRateLimit;

namespace QuickStart;

/// <summary>
/// Three pieces of real work, each behind a limit of its own. The annotated method is partial: the generator writes its
/// body, which asks the limiter and then calls the method of the same name + "Core".
/// </summary>
internal sealed partial class Services(IRateLimiter limiter)
{
    private static readonly byte[] Salt = RandomNumberGenerator.GetBytes(16);

    // Token bucket: 2 a second for each caller, and up to 5 at once after a pause.
    [RateLimited("2/s", Key = nameof(caller), Burst = 5)]
    public partial Task<string> SearchAsync(string caller, string text);

    private static Task<string> SearchAsyncCore(string caller, string text) =>
        Task.FromResult($"{text.Split(' ').Length} words for {caller}");

    // Fixed window: 3 in each second of the clock. A login is worth protecting because checking a password is slow on purpose.
    [RateLimited("3/s", Key = nameof(caller), Algorithm = RateLimitAlgorithm.FixedWindow)]
    public partial string SignIn(string caller, string password);

    private static string SignInCore(string caller, string password) =>
        Convert.ToHexString(Rfc2898DeriveBytes.Pbkdf2(password, Salt, iterations: 10_000, HashAlgorithmName.SHA256, outputLength: 8)) + " for " + caller;

    // Sliding window: never more than 4 in any 2 seconds. The answer to a rejected call is a method's, not an exception.
    [RateLimited("4/2s", Key = nameof(caller), Algorithm = RateLimitAlgorithm.SlidingWindow, OnRejected = nameof(CachedReport))]
    public partial string Report(string caller);

    private static string ReportCore(string caller) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(caller)))[..8] + " for " + caller;

    private static string CachedReport(string caller) => "an older report for " + caller;

    // Leaky bucket: whoever comes at once leaves evenly spaced, 4 a second; the sixth finds the queue full.
    [RateLimited("4/s", Key = RateLimitKey.Global, Algorithm = RateLimitAlgorithm.LeakyBucket, Burst = 5)]
    public partial Task<string> PrintAsync(string page);

    private static Task<string> PrintAsyncCore(string page) => Task.FromResult(page);
}
