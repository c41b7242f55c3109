using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>The file that registers generic decorators with the type arguments that this project asks for.</summary>
internal static class ClosedDecoratorsFile
{
    public const string HintName = "GenericDecorators.g.cs";

    public static string Write(IReadOnlyList<ClosedDecorator> decorators)
    {
        var writer = MethodFile.Begin(new ContainerModel(null, default), ReportedIds.Sorted(decorators.SelectMany(decorator => decorator.Reported)));
        writer.Line(MethodFile.GeneratedCode);
        using (writer.Braces("file static class GenericDecorators__"))
        {
            writer.Line("#pragma warning disable CA2255 // the decorators must be known before the first registration");
            writer.Line(Runtime.ModuleInitializer);
            using (writer.Braces("internal static void Register()"))
            {
                foreach (var decorator in decorators)
                {
                    writer.Line(DecoratorFile.Registration(decorator.Interface, decorator.Decorator) + ";");
                }
            }
        }

        return writer.ToString();
    }
}
