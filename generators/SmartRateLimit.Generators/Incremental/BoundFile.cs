using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Incremental;

/// <summary>What is to be written because of one file.</summary>
/// <param name="Limited">The parts that limit.</param>
/// <param name="Refused">The parts that throw.</param>
/// <param name="Decorators">The decorators.</param>
/// <param name="Functions">The functions that its endpoints name.</param>
/// <param name="Closed">The generic decorators that it registers.</param>
internal sealed record BoundFile(
    EquatableArray<LimitedType> Limited,
    EquatableArray<RefusedMethod> Refused,
    EquatableArray<DecoratorModel> Decorators,
    EquatableArray<EndpointFunction> Functions,
    EquatableArray<ClosedDecorator> Closed)
{
    public static readonly BoundFile Empty = new(default, default, default, default, default);
}
