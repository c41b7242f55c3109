using System.Reflection;
using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Tests;

public sealed class ModelShapeTests
{
    /// <summary>A symbol, node or location in a model would keep whole compilations alive and never be equal to the next one.</summary>
    [Fact]
    public void Models_hold_nothing_of_the_compiler() =>
        Assert.DoesNotContain(Reachable(), type => type.Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal));

    [Fact]
    public void Models_are_compared_by_value() => Assert.All(
        Reachable().Where(type => type.Namespace == typeof(LimitedMethod).Namespace),
        type => Assert.Contains(typeof(IEquatable<>).MakeGenericType(type), type.GetInterfaces()));

    [Fact]
    public void The_walk_over_the_models_reaches_their_parts() =>
        Assert.Superset(new HashSet<Type> { typeof(LimitedMethod), typeof(PolicyModel), typeof(KeyPartModel), typeof(ParameterModel), typeof(NamesModel), typeof(string) }, Reachable());

    [Fact]
    public void Arrays_are_equal_when_their_items_are()
    {
        var first = new EquatableArray<string>(["a", "b"]);
        Assert.Equal(first, new EquatableArray<string>(["a", "b"]));
        Assert.Equal(first.GetHashCode(), new EquatableArray<string>(["a", "b"]).GetHashCode());
        Assert.NotEqual(first, new EquatableArray<string>(["b", "a"]));
        Assert.NotEqual(first, new EquatableArray<string>(["a"]));
        Assert.Equal(default, new EquatableArray<string>([]));
    }

    private static HashSet<Type> Reachable()
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>([typeof(LimitedType), typeof(RefusedMethod), typeof(DecoratorModel), typeof(ClosedDecorator), typeof(EndpointFunction)]);
        while (open.TryPop(out var type))
        {
            if (!found.Add(type) || type.IsPrimitive || type == typeof(string))
            {
                continue;
            }

            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                open.Push(field.FieldType.IsArray ? field.FieldType.GetElementType()! : field.FieldType);
            }
        }

        return found;
    }
}
