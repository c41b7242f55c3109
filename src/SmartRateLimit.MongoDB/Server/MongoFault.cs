using System.Net.Sockets;
using MongoDB.Driver;

namespace SmartRateLimit.MongoDB.Server;

/// <summary>Tells apart what the driver and the server say when they cannot decide.</summary>
internal static class MongoFault
{
    private const int DuplicateKey = 11000;

    /// <summary>The server refuses before it does anything: it is no primary, or about to go.</summary>
    private static readonly int[] Outages = [91, 189, 10107, 11600, 13435, 13436];

    /// <summary>The server refuses this application: no such user, no permission, or it does not know what limits need.</summary>
    private static readonly int[] Mistakes =
    [
        2, 9, 13, 14, 16, 18, 20, 26, 40, 59, 72, 73, 115, 121, 166, 238, 323, 8000, 15998, 16436, 40324, 40415,
    ];

    /// <summary>Whether an exception says that the store could not decide.</summary>
    public static bool Is(Exception error) =>
        error is MongoException or TimeoutException or ObjectDisposedException or IOException or SocketException;

    public static bool IsDuplicate(MongoCommandException error) => error.Code == DuplicateKey;

    /// <summary>What an exception means for the requests that were asked.</summary>
    public static RateLimitBackendException Describe(Exception error) => error switch
    {
        MongoAuthenticationException => Refused(error),
        MongoConfigurationException or MongoIncompatibleDriverException => Mistake(error),
        MongoCommandException command when Array.Exists(Mistakes, code => code == command.Code) => Mistake(error),
        MongoCommandException command when Array.Exists(Outages, code => code == command.Code) => Outage(error),
        MongoNotPrimaryException => Outage(error),
        MongoConnectionPoolPausedException or MongoWaitQueueFullException => NotSent(error),

        // Looking for a server and waiting for a connection both end like this; a reply that is late ends otherwise.
        TimeoutException when error.InnerException is null => NotSent(error),
        ObjectDisposedException => new(BackendFailure.Unavailable, "The client of MongoDB was disposed.", error),
        MongoWriteConcernException => new(BackendFailure.OutcomeUnknown, $"MongoDB decided, but not as durably as the write concern asks: {error.Message}", error),
        _ when Refusal(error) is not null => Refused(error),
        _ => new(BackendFailure.OutcomeUnknown, $"MongoDB did not reply: {error.Message}", error),
    };

    private static MongoAuthenticationException? Refusal(Exception? error) =>
        error is null ? null : error as MongoAuthenticationException ?? Refusal(error.InnerException);

    private static RateLimitBackendException Refused(Exception error) =>
        new(BackendFailure.Misconfigured, "MongoDB refuses this client: its user, its password or its permissions are wrong.", error);

    private static RateLimitBackendException Mistake(Exception error) =>
        new(BackendFailure.Misconfigured, $"MongoDB refuses: {error.Message}", error);

    private static RateLimitBackendException Outage(Exception error) =>
        new(BackendFailure.Unavailable, $"MongoDB cannot decide now: {error.Message}", error);

    private static RateLimitBackendException NotSent(Exception error) =>
        new(BackendFailure.Unavailable, "There is no connection to MongoDB.", error);
}
