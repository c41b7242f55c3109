namespace SmartRateLimit.MongoDB.Expressions;

/// <summary>A value of a document, or an expression, which is written as one. It is ours and not the driver's, so that what a pipeline decides can be checked where there is neither a server nor a driver.</summary>
internal abstract record Node
{
    public static implicit operator Node(long value) => new Number(value);

    public static implicit operator Node(string value) => new Text(value);
}

/// <summary>A whole number of 64 bits.</summary>
internal sealed record Number(long Value) : Node;

/// <summary>A text; in an expression, <c>$name</c> is a field and <c>$$NAME</c> a variable.</summary>
internal sealed record Text(string Value) : Node;

/// <summary>Yes or no.</summary>
internal sealed record Truth(bool Value) : Node;

/// <summary>A date, in milliseconds since the Unix epoch.</summary>
internal sealed record Moment(long Milliseconds) : Node;

/// <summary>Anything else that a document can hold, which a bucket never does.</summary>
internal sealed record Foreign(string Kind) : Node;
