using MongoDB.Bson;
using SmartRateLimit.MongoDB.Expressions;

namespace SmartRateLimit.MongoDB.Server;

/// <summary>Writes values and expressions as the driver has them, and reads them.</summary>
/// <param name="clock">What stands in the place of the server's clock, for tests; <see langword="null"/> leaves it.</param>
internal sealed class BsonText(Func<BsonValue>? clock = null)
{
    public BsonValue Write(Node node) => node switch
    {
        Text { Value: Operators.Now } when clock is not null => clock(),
        Text text => new BsonString(text.Value),
        Number number => new BsonInt64(number.Value),
        Truth truth => (BsonBoolean)truth.Value,
        Moment moment => new BsonDateTime(moment.Milliseconds),
        Items items => new BsonArray(items.Select(Write)),
        Document document => Write(document),
        _ => throw new NotSupportedException(node.ToString()),
    };

    public BsonDocument Write(Document document)
    {
        var written = new BsonDocument();
        foreach (var (name, value) in document)
        {
            written.Add(name, Write(value));
        }

        return written;
    }

    public BsonDocument[] WriteStages(Items pipeline) => [.. pipeline.Select(stage => Write((Document)stage))];

    public static Document Read(BsonDocument document)
    {
        var read = new Document();
        foreach (var element in document)
        {
            read.Add(element.Name, Read(element.Value));
        }

        return read;
    }

    private static Node Read(BsonValue value) => value switch
    {
        BsonInt64 whole => new Number(whole.Value),
        BsonInt32 whole => new Number(whole.Value),
        BsonString text => new Text(text.Value),
        BsonBoolean truth => new Truth(truth.Value),
        BsonDateTime moment => new Moment(moment.MillisecondsSinceEpoch),
        BsonArray items => Items.From(items.Select(Read)),
        BsonDocument document => Read(document),
        _ => new Foreign(value.BsonType.ToString()),
    };
}
