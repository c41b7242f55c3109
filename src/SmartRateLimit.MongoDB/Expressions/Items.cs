using System.Collections;
using System.Runtime.CompilerServices;

namespace SmartRateLimit.MongoDB.Expressions;

/// <summary>An array.</summary>
[CollectionBuilder(typeof(Items), nameof(Of))]
internal sealed record Items : Node, IReadOnlyList<Node>
{
    private readonly Node[] _nodes;

    private Items(Node[] nodes) => _nodes = nodes;

    public int Count => _nodes.Length;

    public Node this[int index] => _nodes[index];

    public static Items Of(ReadOnlySpan<Node> nodes) => new(nodes.ToArray());

    public static Items From(IEnumerable<Node> nodes) => new(nodes.ToArray());

    public bool Equals(Items? other) => other is not null && _nodes.AsSpan().SequenceEqual(other._nodes);

    public override int GetHashCode() => _nodes.Length;

    public IEnumerator<Node> GetEnumerator() => ((IEnumerable<Node>)_nodes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
