namespace SmartRateLimit.Generators.Model;

/// <summary>A function that an endpoint names, ready to be registered.</summary>
/// <param name="Add">The method that registers it: <c>AddKey</c>.</param>
/// <param name="Type">The type under which it is registered.</param>
/// <param name="Name">The name that the attribute says.</param>
/// <param name="Delegate">The delegate.</param>
/// <param name="Part">The type whose part registers it; <see langword="null"/> when it can be reached from anywhere.</param>
/// <param name="Reported">The ids that the compiler reports on it.</param>
internal sealed record EndpointFunction(string Add, string Type, string Name, string Delegate, ContainerModel? Part, EquatableArray<string> Reported)
{
    /// <summary>Sorts functions so that the same ones always make the same file.</summary>
    public string Order => string.Join("\0", Part is null ? string.Empty : Part.Namespace + "\0" + string.Join("\0", Part.Types), Add, Type, Name);
}
