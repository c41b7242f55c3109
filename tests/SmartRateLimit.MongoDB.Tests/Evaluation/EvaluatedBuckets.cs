using SmartRateLimit.MongoDB.Buckets;
using SmartRateLimit.MongoDB.Calls;
using SmartRateLimit.MongoDB.Expressions;
using SmartRateLimit.MongoDB.Pipelines;

namespace SmartRateLimit.MongoDB.Tests.Evaluation;

/// <summary>A collection in memory that carries commands out as a server does, on a test's clock.</summary>
internal sealed class EvaluatedBuckets(TimeProvider time) : IBucketCollection
{
    private readonly Dictionary<string, Document> _documents = [];
    private readonly Lock _gate = new();

    /// <summary>What is there.</summary>
    public IReadOnlyDictionary<string, Document> Documents => _documents;

    /// <summary>How many commands came.</summary>
    public int Commands { get; private set; }

    /// <summary>What happens before a command is carried out.</summary>
    public Action<Command>? Before { get; set; }

    /// <summary>Whether the next pipeline finds that another caller was the first to write its document.</summary>
    public bool LosesNextRace { get; set; }

    /// <summary>What a server says that does not decide as it should.</summary>
    public Func<Document, Document>? Tamper { get; set; }

    private long Now => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;

    public Task RunAsync(Command command, CancellationToken cancellationToken)
    {
        Run(command);
        return Task.CompletedTask;
    }

    public void Run(Command command)
    {
        Before?.Invoke(command);
        lock (_gate)
        {
            Commands++;
            var found = _documents.GetValueOrDefault(command.Id);
            switch (command)
            {
                case UpdateCommand update:
                    Update(update, found);
                    break;
                case ReadCommand read:
                    (read.Result, read.Now) = (found, Now);
                    break;
                case ReplaceCommand replace:
                    Replace(replace, found);
                    break;
                case DeleteCommand:
                    _documents.Remove(command.Id);
                    break;
            }
        }
    }

    /// <summary>Puts a document there.</summary>
    public void Put(string id, Document document)
    {
        lock (_gate)
        {
            _documents[id] = document;
        }
    }

    public void Dispose()
    {
    }

    private void Update(UpdateCommand update, Document? found)
    {
        if (LosesNextRace)
        {
            LosesNextRace = false;
            return;
        }

        if (found is null ? !update.MayInsert : found[BucketState.Numbers] != new Text(update.Numbers))
        {
            return;
        }

        found ??= new Document { { "_id", update.Id }, { BucketState.Numbers, update.Numbers } };
        update.Result = _documents[update.Id] = new Evaluator(Now).Run(update.Pipeline, found);
        update.Result = Tamper?.Invoke(update.Result) ?? update.Result;
    }

    private void Replace(ReplaceCommand replace, Document? found)
    {
        if (found is not null
            && found[BucketState.Numbers] == replace.Expected[BucketState.Numbers]
            && found[PolicyStages.State] == replace.Expected[PolicyStages.State])
        {
            _documents[replace.Id] = replace.Replacement;
            replace.IsDone = true;
        }
    }
}
