using System.Threading.RateLimiting;

namespace SmartRateLimit.Bridges;

/// <summary>Options checked and copied, so that they cannot change under those who wait.</summary>
internal sealed record QueueSettings(int Limit, bool NewestFirst, TimeProvider Time)
{
    public static QueueSettings From(RateLimiterBridgeOptions? options)
    {
        options ??= new RateLimiterBridgeOptions();
        ArgumentNullException.ThrowIfNull(options.TimeProvider, nameof(options));
        if (options.QueueLimit < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.QueueLimit, "QueueLimit must be at least 0; the default is 0.");
        }

        return Enum.IsDefined(options.QueueProcessingOrder)
            ? new QueueSettings(options.QueueLimit, options.QueueProcessingOrder == QueueProcessingOrder.NewestFirst, options.TimeProvider)
            : throw new ArgumentOutOfRangeException(nameof(options), options.QueueProcessingOrder, "QueueProcessingOrder must be OldestFirst or NewestFirst.");
    }
}
