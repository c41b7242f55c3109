namespace SmartRateLimit.Generators.Model;

/// <summary>The names of the class that keeps the policies of a type, and of its fields.</summary>
/// <param name="type">The type's name.</param>
/// <param name="around">What its methods would find before a type of the generated file.</param>
internal sealed class LimitsNames(string type, ISet<string> around)
{
    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);

    public string Class { get; } = NamesModel.Free(type + "Limits", around);

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
}
