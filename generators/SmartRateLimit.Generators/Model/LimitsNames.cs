using Microsoft.CodeAnalysis;

namespace SmartRateLimit.Generators.Model;

/// <summary>The names of the class that keeps the policies of a type, and of its fields.</summary>
/// <param name="type">The type's name.</param>
/// <param name="around">What its methods would find before a type of the generated file.</param>
/// <param name="space">The namespace of the class, as all assemblies fill it: a class of the file hides what else has its name there.</param>
internal sealed class LimitsNames(string type, ISet<string> around, INamespaceSymbol space)
{
    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);

    public string Class { get; } = Free(type + "Limits", around, space);

    /// <summary>Begins the fields of one more method: with its name, and a number where overloads share that.</summary>
    public string Fields(string method)
    {
        var stem = method;
        for (var number = 2; !_stems.Add(stem); number++)
        {
            stem = method + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return Class + "." + stem;
    }

    /// <summary>A name for a class of a generated file that hides nothing which the file may name.</summary>
    public static string Free(string wanted, ISet<string> around, INamespaceSymbol space)
    {
        var name = NamesModel.Free(wanted, around);
        while (space.GetMembers(name).Any())
        {
            name = NamesModel.Free("_" + name, around);
        }

        return name;
    }
}
