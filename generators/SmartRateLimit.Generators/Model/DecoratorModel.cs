namespace SmartRateLimit.Generators.Model;

/// <summary>A decorator to write: a class that implements an interface, limits what is annotated and passes the rest on.</summary>
/// <param name="HintName">The name of the file.</param>
/// <param name="Container">Where it lies: where the interface does.</param>
/// <param name="Attributes">The attributes that it shares with the interface.</param>
/// <param name="Accessibility">Who may see it: those who see the interface.</param>
/// <param name="Name">Its name without type parameters.</param>
/// <param name="TypeParameters">Its type parameters, those of the interface.</param>
/// <param name="Interface">The interface's type.</param>
/// <param name="Constraints">The constraint clauses of the interface.</param>
/// <param name="IsRegistered">Whether it can be registered from anywhere in the assembly.</param>
/// <param name="Registration">The name of the class that registers it.</param>
/// <param name="Limits">The name of the class that keeps the policies.</param>
/// <param name="Reported">The ids that the compiler reports on what it names.</param>
/// <param name="Members">Its members in the order of the interface.</param>
internal sealed record DecoratorModel(
    string HintName,
    ContainerModel Container,
    EquatableArray<string> Attributes,
    string Accessibility,
    string Name,
    string TypeParameters,
    string Interface,
    EquatableArray<string> Constraints,
    bool IsRegistered,
    string Registration,
    string Limits,
    EquatableArray<string> Reported,
    EquatableArray<DecoratorMember> Members);

/// <summary>One member of a decorator: exactly one of the three is set.</summary>
/// <param name="Limited">A method that is limited.</param>
/// <param name="Refused">A method whose attributes have an error.</param>
/// <param name="Forwarded">A member that is passed on as it is.</param>
internal sealed record DecoratorMember(LimitedMethod? Limited, RefusedMethod? Refused, ForwardedMember? Forwarded);

/// <summary>A member that only passes on: a method with one body, a property, indexer or event with accessors.</summary>
/// <param name="Attributes">The attributes that it repeats.</param>
/// <param name="Head">The member up to its body.</param>
/// <param name="Constraints">The constraint clauses.</param>
/// <param name="Body">The expression of a method; <see langword="null"/> where there are accessors.</param>
/// <param name="Accessors">The accessors with their bodies: <c>get => _inner.Count;</c>.</param>
internal sealed record ForwardedMember(
    EquatableArray<string> Attributes,
    string Head,
    EquatableArray<string> Constraints,
    string? Body,
    EquatableArray<string> Accessors);
