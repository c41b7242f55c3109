namespace SmartRateLimit.Generators.Model;

/// <summary>The limited methods that one file declares in one type: they are written together, since each further file costs the compiler time.</summary>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="Container">Where the methods lie.</param>
/// <param name="Limits">The name of the class that keeps the policies.</param>
/// <param name="Methods">The methods in their order.</param>
/// <param name="Reported">The ids that the compiler reports on what they name.</param>
internal sealed record LimitedType(string HintName, ContainerModel Container, string Limits, EquatableArray<LimitedMethod> Methods, EquatableArray<string> Reported);
