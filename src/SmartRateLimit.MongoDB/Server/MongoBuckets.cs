using MongoDB.Bson;
using MongoDB.Driver;
using SmartRateLimit.MongoDB.Buckets;
using SmartRateLimit.MongoDB.Calls;
using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Pipelines;

namespace SmartRateLimit.MongoDB.Server;

/// <summary>The documents of buckets in a collection of a server: each command is one of the driver's.</summary>
/// <param name="collection">The collection, with the write concern that is wanted.</param>
/// <param name="text">How pipelines are written.</param>
/// <param name="timeout">The longest that a command may hold a thread.</param>
/// <param name="index">What deletes documents that expired; <see langword="null"/> where nothing does.</param>
/// <param name="client">What is disposed at the end; <see langword="null"/> where others own it.</param>
internal sealed class MongoBuckets(IMongoCollection<BsonDocument> collection, BsonText text, TimeSpan timeout, ExpiryIndex? index, IDisposable? client) : IBucketCollection
{
    private const string Id = "_id";
    private const string Found = "found";

    // What is not there is an answer too, and it comes with the time.
    private static readonly Items Read =
    [
        new Document { { "$facet", new Document { { Found, Items.Of([new Document { { "$limit", 1 } }]) } } } },
        PolicyStages.Set(new Document { { PolicyStages.Now, Operators.Now } }),
    ];

    // Never from a replica, which may not have heard of what was decided.
    private readonly IMongoCollection<BsonDocument> _collection = collection.WithReadPreference(ReadPreference.Primary).WithReadConcern(ReadConcern.Local);

    public async Task RunAsync(Command command, CancellationToken cancellationToken)
    {
        index?.Require();
        try
        {
            switch (command)
            {
                case UpdateCommand update:
                    update.Result = Document(await _collection.FindOneAndUpdateAsync(Filter(update), Update(update), Options(update), cancellationToken).ConfigureAwait(false));
                    break;
                case ReadCommand read:
                    using (var cursor = await _collection.AggregateAsync(Pipeline(read), cancellationToken: cancellationToken).ConfigureAwait(false))
                    {
                        Accept(read, await cursor.FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false));
                    }

                    break;
                case ReplaceCommand replace:
                    var replaced = await _collection.ReplaceOneAsync(Filter(replace), text.Write(replace.Replacement), cancellationToken: cancellationToken).ConfigureAwait(false);
                    replace.IsDone = replaced.MatchedCount > 0;
                    break;
                default:
                    await _collection.DeleteOneAsync(Filter(command.Id), cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
        catch (MongoCommandException error) when (MongoFault.IsDuplicate(error))
        {
            // A document of that id is under other numbers, or was written by another caller a moment ago.
        }
        catch (Exception error) when (MongoFault.Is(error))
        {
            throw MongoFault.Describe(error);
        }
    }

    public void Run(Command command)
    {
        index?.Require();
        using var patience = new CancellationTokenSource(timeout);
        try
        {
            switch (command)
            {
                case UpdateCommand update:
                    update.Result = Document(_collection.FindOneAndUpdate(Filter(update), Update(update), Options(update), patience.Token));
                    break;
                case ReadCommand read:
                    using (var cursor = _collection.Aggregate(Pipeline(read), cancellationToken: patience.Token))
                    {
                        Accept(read, cursor.FirstOrDefault(patience.Token));
                    }

                    break;
                case ReplaceCommand replace:
                    replace.IsDone = _collection.ReplaceOne(Filter(replace), text.Write(replace.Replacement), cancellationToken: patience.Token).MatchedCount > 0;
                    break;
                default:
                    _collection.DeleteOne(Filter(command.Id), patience.Token);
                    break;
            }
        }
        catch (MongoCommandException error) when (MongoFault.IsDuplicate(error))
        {
            // A document of that id is under other numbers, or was written by another caller a moment ago.
        }
        catch (OperationCanceledException error)
        {
            throw new RateLimitBackendException(BackendFailure.OutcomeUnknown, "MongoDB did not reply in time.", error);
        }
        catch (Exception error) when (MongoFault.Is(error))
        {
            throw MongoFault.Describe(error);
        }
    }

    public void Dispose()
    {
        index?.Dispose();
        client?.Dispose();
    }

    private static Document? Document(BsonDocument? document) => document is null ? null : BsonText.Read(document);

    private static BsonDocument Filter(string id) => new(Id, id);

    private static BsonDocument Filter(UpdateCommand update) => new() { { Id, update.Id }, { BucketState.Numbers, update.Numbers } };

    private static FindOneAndUpdateOptions<BsonDocument> Options(UpdateCommand update) =>
        new() { IsUpsert = update.MayInsert, ReturnDocument = ReturnDocument.After };

    private static void Accept(ReadCommand read, BsonDocument? answer)
    {
        if (answer is null)
        {
            throw new RateLimitBackendException(BackendFailure.Unavailable, "The collection of limits is not there yet.");
        }

        read.Now = answer[PolicyStages.Now].AsBsonDateTime.MillisecondsSinceEpoch;
        read.Result = answer[Found].AsBsonArray is [BsonDocument found, ..] ? BsonText.Read(found) : null;
    }

    private UpdateDefinition<BsonDocument> Update(UpdateCommand update) =>
        Builders<BsonDocument>.Update.Pipeline(PipelineDefinition<BsonDocument, BsonDocument>.Create(text.WriteStages(update.Pipeline)));

    private PipelineDefinition<BsonDocument, BsonDocument> Pipeline(ReadCommand read) =>
        PipelineDefinition<BsonDocument, BsonDocument>.Create([new BsonDocument("$match", Filter(read.Id)), .. text.WriteStages(Read)]);

    private BsonDocument Filter(ReplaceCommand replace) => new()
    {
        { Id, replace.Id },
        { BucketState.Numbers, text.Write(replace.Expected[BucketState.Numbers]!) },
        { PolicyStages.State, text.Write(replace.Expected[PolicyStages.State]!) },
    };
}
