using SmartRateLimit.Keys;

namespace SmartRateLimit.Binding;

/// <summary>Binds an argument that names one value: <c>batch</c>, <c>batch.Count</c> or <c>{batch.Count}</c>.</summary>
internal static class SingleName
{
    public static ValueBinding? Bind(BindingContext context, Annotation annotation, StringArgument argument, ValueUse use)
    {
        var text = argument.Value!;
        if (!KeyTemplateParser.TryParse(text, out var template, out var error))
        {
            context.Report(ProblemId.UnknownName, argument.LocationOf(error.Position, error.Length), text, error.Message);
            return null;
        }

        var only = template.Alternatives.Count == 1 && template.Alternatives[0].Count == 1 ? template.Alternatives[0][0] : default;
        if (!only.IsHole || only.Kind != KeyHoleKind.Path)
        {
            context.Report(ProblemId.UnknownName, argument.Location, text, "one parameter, member or path is expected here");
            return null;
        }

        return ValueBinder.Bind(context, new NameUse(argument, only.Text, only.Position, use, annotation.KeyType));
    }
}
