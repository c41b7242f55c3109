using Microsoft.Extensions.Logging;
using MongoDB.Bson;
using MongoDB.Driver;
using SmartRateLimit.MongoDB.Pipelines;

namespace SmartRateLimit.MongoDB.Server;

/// <summary>
/// The index by which the server deletes documents that expired. It is made in the background from the start on, for as
/// long as it takes; nothing that is decided depends on it, but a collection that has another one in its place is not ours.
/// </summary>
internal sealed partial class ExpiryIndex : IDisposable
{
    private const int OptionsConflict = 85;
    private const int SpecsConflict = 86;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IMongoCollection<BsonDocument> _collection;
    private readonly ILogger? _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private volatile RateLimitBackendException? _conflict;

    public ExpiryIndex(IMongoCollection<BsonDocument> collection, ILogger? logger)
    {
        _collection = collection;
        _logger = logger;
        _closed = _closing.Token;
        _ = Task.Run(CreateAsync);
    }

    /// <exception cref="RateLimitBackendException">Another index stands in its place.</exception>
    public void Require()
    {
        if (_conflict is { } conflict)
        {
            throw conflict;
        }
    }

    public void Dispose()
    {
        if (!_closed.IsCancellationRequested)
        {
            _closing.Cancel();
            _closing.Dispose();
        }
    }

    private async Task CreateAsync()
    {
        try
        {
            while (!await TryCreateAsync().ConfigureAwait(false))
            {
                await Task.Delay(Pause, _closed).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The backend is being disposed.
        }
    }

    private async Task<bool> TryCreateAsync()
    {
        var index = new CreateIndexModel<BsonDocument>(new BsonDocument(PolicyStages.Expires, 1), new CreateIndexOptions { ExpireAfter = TimeSpan.Zero });
        try
        {
            await _collection.Indexes.CreateOneAsync(index, cancellationToken: _closed).ConfigureAwait(false);
            _conflict = null;
            return true;
        }
        catch (MongoCommandException error) when (error.Code is OptionsConflict or SpecsConflict)
        {
            if (_conflict is null && _logger is not null)
            {
                SayConflict(_logger, _collection.CollectionNamespace.FullName, error);
            }

            _conflict = new RateLimitBackendException(
                BackendFailure.Misconfigured,
                $"The collection {_collection.CollectionNamespace.FullName} has an index on \"{PolicyStages.Expires}\" with other options than limits need, which are expireAfterSeconds: 0 and none else. Drop it, or give limits a collection of their own.",
                error);
            return false;
        }
        catch (Exception error) when (MongoFault.Is(error))
        {
            if (_logger is not null)
            {
                SayFailure(_logger, _collection.CollectionNamespace.FullName, error);
            }

            return false;
        }
    }

    [LoggerMessage(201, LogLevel.Error, "The collection {Collection} has an index on \"expires\" with other options than limits need, which are expireAfterSeconds: 0 and none else. Drop it, or give limits a collection of their own.")]
    private static partial void SayConflict(ILogger logger, string collection, Exception error);

    [LoggerMessage(202, LogLevel.Debug, "The index that deletes expired limits of {Collection} could not be made yet.")]
    private static partial void SayFailure(ILogger logger, string collection, Exception error);
}
