using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Generators.Incremental;

/// <summary>
/// What binding can see of a compilation. A file sees another one through the names of types: the files that declare a
/// name which it mentions, those that they see, and so on. While all of these are the same, so is what was bound.
/// </summary>
internal sealed class Surface
{
    private const int Most = 256;
    private const string AttributeSuffix = "Attribute";

    private static readonly ConditionalWeakTable<Compilation, Surface> Known = new();

    private readonly Dictionary<SyntaxTree, int> _places = [];
    private readonly Dictionary<string, List<int>> _declaring = new(StringComparer.Ordinal);
    private readonly List<FileSurface> _files = [];
    private readonly int[]?[] _seen;
    private readonly int[] _global;
    private readonly string _around;
    private string? _whole;

    private Surface(Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            _places[tree] = _files.Count;
            var file = FileSurface.Of(tree, cancellationToken);
            foreach (var type in file.Types)
            {
                Declare(type);
                if (type.EndsWith(AttributeSuffix, StringComparison.Ordinal))
                {
                    Declare(type.Substring(0, type.Length - AttributeSuffix.Length));
                }
            }

            _files.Add(file);
        }

        _seen = new int[]?[_files.Count];
        _global = [.. Enumerable.Range(0, _files.Count).Where(file => _files[file].IsGlobal)];
        Surroundings = new Surroundings(compilation);
        _around = Checksum.Of(_files.SelectMany(file => file.Namespaces).Distinct().OrderBy(space => space, StringComparer.Ordinal)
            .Prepend(compilation.AssemblyName ?? string.Empty));
    }

    public Surroundings Surroundings { get; }

    public static Surface Of(Compilation compilation, CancellationToken cancellationToken)
    {
        if (!Known.TryGetValue(compilation, out var surface))
        {
            surface = new Surface(compilation, cancellationToken);
            surface = Known.GetValue(compilation, _ => surface);
        }

        return surface;
    }

    /// <summary>Stands for all that the binding of a file can see in the project's own files.</summary>
    public string KeyOf(SyntaxTree tree) => SeenFrom(_places[tree]) is { } files
        ? Checksum.Of(files.Select(file => _files[file].Fingerprint).Prepend(_around))
        : Whole();

    private string Whole() => _whole ??= Checksum.Of(_files.Select(file => file.Fingerprint).Prepend(_around));

    /// <summary>The files that a file sees, itself and the global ones among them; <see langword="null"/> when they cannot be known or are many.</summary>
    private SortedSet<int>? SeenFrom(int file)
    {
        var seen = new SortedSet<int>(_global) { file };
        var open = new Stack<int>(seen);
        while (open.Count > 0)
        {
            var current = open.Pop();
            if (_files[current].IsOpaque || seen.Count > Most)
            {
                return null;
            }

            foreach (var next in _seen[current] ??= [.. _files[current].Words.SelectMany(Declaring).Distinct()])
            {
                if (seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return seen;
    }

    private IEnumerable<int> Declaring(string word) => _declaring.TryGetValue(word, out var files) ? files : [];

    private void Declare(string name)
    {
        if (!_declaring.TryGetValue(name, out var files))
        {
            _declaring[name] = files = [];
        }

        files.Add(_files.Count);
    }
}
