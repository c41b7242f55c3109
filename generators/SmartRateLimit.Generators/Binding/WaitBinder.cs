using SmartRateLimit.Rates;

namespace SmartRateLimit.Binding;

/// <summary>Reads <c>MaxWait</c>, a period of the rate language with its count: <c>500ms</c>, <c>2 s</c>.</summary>
internal static class WaitBinder
{
    private const string OncePer = "1/";

    public static TimeSpan? Bind(BindingContext context, Annotation annotation)
    {
        if (annotation.MaxWait.Value is not { } text)
        {
            return null;
        }

        if (text.TrimStart() is not { Length: > 0 } trimmed || trimmed[0] is < '0' or > '9')
        {
            context.Report(ProblemId.MeaninglessSetting, annotation.MaxWait.Location, "MaxWait", "a wait is a count and a unit, such as 500ms or 2s");
            return null;
        }

        if (RateParser.TryParse(OncePer + text, out var rate, out var error))
        {
            return TimeSpan.FromTicks(rate.PeriodMilliseconds * TimeSpan.TicksPerMillisecond);
        }

        context.Report(ProblemId.MeaninglessSetting, annotation.MaxWait.LocationOf(error.Position - OncePer.Length, error.Length), "MaxWait", error.Message);
        return null;
    }
}
