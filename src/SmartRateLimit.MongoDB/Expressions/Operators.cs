namespace SmartRateLimit.MongoDB.Expressions;

/// <summary>The operators of MongoDB that pipelines here are made of, and no others. None of them divides to a fraction.</summary>
internal static class Operators
{
    /// <summary>The server's clock: one moment for a whole command.</summary>
    public const string Now = "$$NOW";

    /// <summary>The element that <see cref="Filter"/> looks at.</summary>
    public static readonly Node This = "$$this";

    public static readonly Node Empty = Items.Of([]);

    public static Node Field(string path) => new Text('$' + path);

    /// <summary>A field of the element that <see cref="Filter"/> looks at.</summary>
    public static Node OfThis(string field) => new Text("$$this." + field);

    public static Node Add(Node left, Node right) => Call("$add", left, right);

    public static Node Subtract(Node left, Node right) => Call("$subtract", left, right);

    public static Node Multiply(Node left, Node right) => Call("$multiply", left, right);

    /// <summary>The remainder of whole numbers.</summary>
    public static Node Modulo(Node left, Node right) => Call("$mod", left, right);

    public static Node Max(params ReadOnlySpan<Node> nodes) => nodes.Length == 1 ? nodes[0] : Call("$max", nodes);

    public static Node Min(params ReadOnlySpan<Node> nodes) => Call("$min", nodes);

    public static Node And(params ReadOnlySpan<Node> nodes) => nodes.Length == 1 ? nodes[0] : Call("$and", nodes);

    public static Node Or(params ReadOnlySpan<Node> nodes) => nodes.Length == 1 ? nodes[0] : Call("$or", nodes);

    public static Node Not(Node node) => Call("$not", node);

    public static Node IsEqual(Node left, Node right) => Call("$eq", left, right);

    public static Node IsLess(Node left, Node right) => Call("$lt", left, right);

    public static Node IsAtMost(Node left, Node right) => Call("$lte", left, right);

    public static Node IsMore(Node left, Node right) => Call("$gt", left, right);

    public static Node IsAtLeast(Node left, Node right) => Call("$gte", left, right);

    public static Node If(Node condition, Node yes, Node no) => Call("$cond", condition, yes, no);

    /// <summary>A value, or another where it is missing.</summary>
    public static Node OrElse(Node value, Node otherwise) => Call("$ifNull", value, otherwise);

    public static Node Milliseconds(Node date) => new Document { { "$toLong", date } };

    public static Node Date(Node milliseconds) => new Document { { "$toDate", milliseconds } };

    /// <summary>The elements for which a condition on <see cref="This"/> holds.</summary>
    public static Node Filter(Node array, Node condition) => new Document { { "$filter", new Document { { "input", array }, { "cond", condition } } } };

    public static Node Size(Node array) => new Document { { "$size", array } };

    public static Node Sum(Node array) => new Document { { "$sum", array } };

    /// <summary>The whole numbers from 1 to <paramref name="last"/>.</summary>
    public static Node UpTo(long last) => Call("$range", 1, last + 1);

    public static Node Last(Node array) => Call("$arrayElemAt", array, -1);

    public static Node Concat(Node left, Node right) => Call("$concatArrays", left, right);

    private static Document Call(string name, params ReadOnlySpan<Node> arguments) => new() { { name, Items.Of(arguments) } };
}
