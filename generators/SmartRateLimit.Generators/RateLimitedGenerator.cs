using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SmartRateLimit.Generators.Emission;
using SmartRateLimit.Generators.Incremental;
using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators;

/// <summary>
/// Writes the implementing part of every <c>[RateLimited]</c> partial method: one that limits, or, where an attribute has
/// an error that the analyzers report, one that throws.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RateLimitedGenerator : IIncrementalGenerator
{
    /// <summary>The tracking name of the step that finds out what each file asks for.</summary>
    public const string BindingStep = "Binding";

    /// <summary>The tracking name of the step that hands on the types with methods to limit.</summary>
    public const string ModelStep = "Model";

    /// <summary>The tracking name of the step that hands on the methods to refuse.</summary>
    public const string RefusalStep = "Refusal";

    /// <summary>The tracking name of the step that finds the functions that endpoints name.</summary>
    public const string EndpointStep = "Endpoint";

    /// <summary>The tracking name of the step that asks whether the compilation is a web application.</summary>
    public const string WatchStep = "Watch";

    /// <summary>The tracking name of the step that describes the decorator of each annotated interface.</summary>
    public const string DecoratorStep = "Decorator";

    /// <summary>The tracking name of the step that finds the type arguments with which generic decorators are registered.</summary>
    public const string ClosedDecoratorStep = "ClosedDecorator";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var files = context.CompilationProvider.SelectMany(FileBinder.BindAll).WithTrackingName(BindingStep);
        var limited = files.SelectMany((file, _) => file.Limited).WithTrackingName(ModelStep);
        var refused = files.SelectMany((file, _) => file.Refused).WithTrackingName(RefusalStep);
        var decorators = files.SelectMany((file, _) => file.Decorators).WithTrackingName(DecoratorStep);
        context.RegisterSourceOutput(limited, (output, type) => Add(output, type.HintName, MethodFile.Write(type)));
        context.RegisterSourceOutput(refused, (output, method) => Add(output, method.HintName, MethodFile.Write(method)));
        context.RegisterSourceOutput(decorators, (output, decorator) => Add(output, decorator.HintName, DecoratorFile.Write(decorator)));
        RegisterClosedDecorators(context, files);
        RegisterEndpoints(context, files);
        RegisterWatch(context);
    }

    private static void RegisterClosedDecorators(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<BoundFile> files)
    {
        var closed = files
            .SelectMany((file, _) => file.Closed)
            .Collect()
            .Select((found, _) => new EquatableArray<ClosedDecorator>(found.Distinct().OrderBy(decorator => decorator.Interface, StringComparer.Ordinal)))
            .WithTrackingName(ClosedDecoratorStep);
        context.RegisterSourceOutput(closed, (output, all) =>
        {
            if (all.Count > 0)
            {
                Add(output, ClosedDecoratorsFile.HintName, ClosedDecoratorsFile.Write(all));
            }
        });
    }

    private static void RegisterEndpoints(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<BoundFile> files)
    {
        var functions = files
            .SelectMany((file, _) => file.Functions)
            .Collect()
            .Select((found, _) => new EquatableArray<EndpointFunction>(found.Distinct().OrderBy(function => function.Order, StringComparer.Ordinal)))
            .WithTrackingName(EndpointStep);
        context.RegisterSourceOutput(functions, (output, all) =>
        {
            if (all.Count > 0)
            {
                Add(output, FunctionsFile.HintName, FunctionsFile.Write(all));
            }
        });
    }

    private static void RegisterWatch(IncrementalGeneratorInitializationContext context)
    {
        var isNeeded = context.CompilationProvider.Select((compilation, _) => WatchFile.IsNeeded(compilation)).WithTrackingName(WatchStep);
        context.RegisterSourceOutput(isNeeded, (output, isWritten) =>
        {
            if (isWritten)
            {
                Add(output, WatchFile.HintName, WatchFile.Write());
            }
        });
    }

    private static void Add(SourceProductionContext output, string hintName, string text) =>
        output.AddSource(hintName, SourceText.From(text, Encoding.UTF8));
}
