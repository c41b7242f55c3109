using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SmartRateLimit.Keys;

namespace SmartRateLimit.Binding;

/// <summary>Binds an attribute's key: SRL002, SRL004, SRL005, SRL006, SRL017.</summary>
internal static class KeyBinder
{
    public static KeyBinding? Bind(BindingContext context, Annotation annotation)
    {
        if (annotation.Key.Value is not { } text)
        {
            ReportMissing(context, annotation);
            return KeyBinding.Global;
        }

        if (!KeyTemplateParser.TryParse(text, out var template, out var error))
        {
            context.Report(ProblemId.UnknownName, annotation.Key.LocationOf(error.Position, error.Length), text, error.Message);
            return null;
        }

        var alternatives = ImmutableArray.CreateBuilder<ImmutableArray<KeyPartBinding>>();
        var complete = true;
        foreach (var alternative in template.Alternatives)
        {
            var parts = ImmutableArray.CreateBuilder<KeyPartBinding>();
            foreach (var segment in alternative)
            {
                complete &= TryBind(context, annotation, segment, out var part);
                parts.Add(part);
            }

            alternatives.Add(parts.ToImmutable());
        }

        return complete ? new KeyBinding(alternatives.ToImmutable()) : null;
    }

    private static bool TryBind(BindingContext context, Annotation annotation, KeySegment segment, out KeyPartBinding part)
    {
        part = default;
        if (!segment.IsHole)
        {
            part = new KeyPartBinding(segment.Text, null);
            return true;
        }

        if (segment.Kind == KeyHoleKind.Source)
        {
            part = new KeyPartBinding(segment.Text);
            RawKeyRule.Check(context, annotation, segment);
            return HttpSourceBinder.Check(context, annotation, segment);
        }

        var use = new NameUse(annotation.Key, segment.Text, segment.Position, ValueUse.Key, annotation.KeyType);
        if (ValueBinder.Bind(context, use) is not { } value)
        {
            return false;
        }

        if (KeyFormat.ReasonAgainst(value.Type) is { } reason)
        {
            context.Report(ProblemId.UnboundFunction, use.Location, use.Path, reason);
            return false;
        }

        part = new KeyPartBinding(null, value);
        return true;
    }

    private static void ReportMissing(BindingContext context, Annotation annotation)
    {
        var names = context.Parameters
            .Where(parameter => parameter.RefKind != RefKind.Out && !parameter.Type.IsLimiter() && KeyFormat.ReasonAgainst(parameter.Type) is null)
            .Select(parameter => parameter.Name);
        context.Report(ProblemId.NoKey, annotation.Location, context.Subject, "without a Key all callers share one bucket; name what is counted apart, or RateLimitKey.Global to say that this is meant", ProblemProperty.Parameters, string.Join(",", names));
    }
}
