using SmartRateLimit.MongoDB.Expressions;

namespace SmartRateLimit.MongoDB.Tests.Evaluation;

/// <summary>
/// Runs pipelines as MongoDB's reference describes their operators, those that are used and no others. Where a server
/// would go on with a fraction, because a whole number leaves 64 bits, it stops.
/// </summary>
internal sealed class Evaluator(long now)
{
    private readonly Dictionary<string, Node> _variables = new() { ["NOW"] = new Moment(now) };

    public Document Run(Items pipeline, Document document) =>
        pipeline.Cast<Document>().Aggregate(document, (current, stage) => Stage(current, stage.Single()));

    private Document Stage(Document document, KeyValuePair<string, Node> stage) => stage.Key switch
    {
        "$set" => Set(document, document, (Document)stage.Value),
        "$unset" => Without(document, ((Items)stage.Value).Select(field => ((Text)field).Value).ToHashSet()),
        _ => throw new NotSupportedException(stage.Key),
    };

    /// <summary>Adds fields to a part of a document; what they are made of is the whole of it as it was before the stage.</summary>
    private Document Set(Document root, Document part, Document fields)
    {
        var changed = new Dictionary<string, Node?>();
        foreach (var (name, value) in fields)
        {
            changed[name] = value is Document nested && !IsCall(nested)
                ? Set(root, part[name] as Document ?? [], nested)
                : Value(value, root);
        }

        // A field that gets the value of a missing one is left out.
        var result = new Document();
        foreach (var (name, value) in part)
        {
            Add(result, name, changed.Remove(name, out var other) ? other : value);
        }

        foreach (var (name, value) in changed)
        {
            Add(result, name, value);
        }

        return result;
    }

    private static void Add(Document document, string name, Node? value)
    {
        if (value is not null)
        {
            document.Add(name, value);
        }
    }

    private static Document Without(Document document, HashSet<string> fields)
    {
        var result = new Document();
        foreach (var (name, value) in document.Where(field => !fields.Contains(field.Key)))
        {
            result.Add(name, value);
        }

        return result;
    }

    private static bool IsCall(Document document) => document.Count == 1 && document.Single().Key.StartsWith('$');

    /// <returns>The value; <see langword="null"/> where a field is missing.</returns>
    private Node? Value(Node expression, Document root) => expression switch
    {
        Text { Value: ['$', '$', .. var path] } => Path(_variables[path.Split('.')[0]], path.Split('.').AsSpan(1)),
        Text { Value: ['$', .. var path] } => Path(root, path.Split('.')),
        Document call when IsCall(call) => Call(call.Single().Key, call.Single().Value, root),
        Document literal => Set(root, [], literal),
        Items items => Items.From(items.Select(item => Value(item, root)!)),
        _ => expression,
    };

    private static Node? Path(Node? value, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty || value is null)
        {
            return value;
        }

        if (value is Items items)
        {
            var rest = path.ToArray();
            return Items.From(items.Select(item => Path(item, rest)).OfType<Node>());
        }

        return Path((value as Document)?[path[0]], path[1..]);
    }

    private Node? Call(string name, Node argument, Document root) => name switch
    {
        "$cond" => ((Truth)Value(((Items)argument)[0], root)!).Value ? Value(((Items)argument)[1], root) : Value(((Items)argument)[2], root),
        "$and" => new Truth(((Items)argument).All(each => ((Truth)Value(each, root)!).Value)),
        "$or" => new Truth(((Items)argument).Any(each => ((Truth)Value(each, root)!).Value)),
        "$ifNull" => Value(((Items)argument)[0], root) ?? Value(((Items)argument)[1], root),
        "$filter" => Filter((Document)argument, root),
        "$toLong" => new Number(((Moment)Value(argument, root)!).Milliseconds),
        "$toDate" => new Moment(Whole(Value(argument, root))),
        "$size" => new Number(((Items)Value(argument, root)!).Count),
        "$sum" => new Number(((Items)Value(argument, root)!).Aggregate(0L, (sum, each) => checked(sum + Whole(each)))),
        _ => Call(name, [.. ((Items)argument).Select(each => Value(each, root))]),
    };

    private static Node? Call(string name, Node?[] given) => name switch
    {
        "$add" => new Number(checked(Whole(given[0]) + Whole(given[1]))),
        "$subtract" => new Number(checked(Whole(given[0]) - Whole(given[1]))),
        "$multiply" => new Number(checked(Whole(given[0]) * Whole(given[1]))),
        "$mod" => new Number(Whole(given[0]) % Whole(given[1])),
        "$max" => new Number(given.Max(Whole)),
        "$min" => new Number(given.Min(Whole)),
        "$not" => new Truth(!((Truth)given[0]!).Value),
        "$eq" => new Truth(Whole(given[0]) == Whole(given[1])),
        "$lt" => new Truth(Whole(given[0]) < Whole(given[1])),
        "$lte" => new Truth(Whole(given[0]) <= Whole(given[1])),
        "$gt" => new Truth(Whole(given[0]) > Whole(given[1])),
        "$gte" => new Truth(Whole(given[0]) >= Whole(given[1])),
        "$range" => Items.From(Enumerable.Range((int)Whole(given[0]), (int)(Whole(given[1]) - Whole(given[0]))).Select(number => new Number(number))),
        "$arrayElemAt" => (Items)given[0]! is { Count: > 0 } items ? items[^(int)-Whole(given[1])] : null,
        "$concatArrays" => Items.From(((Items)given[0]!).Concat((Items)given[1]!)),
        _ => throw new NotSupportedException(name),
    };

    private Items Filter(Document argument, Document root)
    {
        var kept = new List<Node>();
        foreach (var each in (Items)Value(argument["input"]!, root)!)
        {
            _variables["this"] = each;
            if (((Truth)Value(argument["cond"]!, root)!).Value)
            {
                kept.Add(each);
            }
        }

        return Items.From(kept);
    }

    private static long Whole(Node? value) => ((Number)value!).Value;
}
