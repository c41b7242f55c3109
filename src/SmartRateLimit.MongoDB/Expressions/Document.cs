using System.Collections;

namespace SmartRateLimit.MongoDB.Expressions;

/// <summary>Named values in their order; filled once, by an initializer.</summary>
internal sealed record Document : Node, IReadOnlyCollection<KeyValuePair<string, Node>>
{
    private readonly List<KeyValuePair<string, Node>> _fields = [];

    public int Count => _fields.Count;

    /// <summary>A field's value; <see langword="null"/> when there is none.</summary>
    public Node? this[string name]
    {
        get
        {
            foreach (var (key, value) in _fields)
            {
                if (key == name)
                {
                    return value;
                }
            }

            return null;
        }
    }

    public void Add(string name, Node value) => _fields.Add(new(name, value));

    public bool Equals(Document? other) => other is not null && _fields.SequenceEqual(other._fields);

    public override int GetHashCode() => _fields.Count;

    public IEnumerator<KeyValuePair<string, Node>> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
