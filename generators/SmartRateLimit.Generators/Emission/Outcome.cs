using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>Ends a body: with what the author's method returns, or with the answer to a rejection.</summary>
internal static class Outcome
{
    public static void WriteReturn(CodeWriter writer, LimitedMethod method, string value)
    {
        if (method.Return.IsVoid)
        {
            writer.Line(value + ";");
            writer.Line("return;");
        }
        else
        {
            writer.Line("return " + (method.Return.IsByReference ? "ref " : string.Empty) + value + ";");
        }
    }

    /// <summary>Whether a rejected call does nothing but fail, and nobody wants to know more of an admission.</summary>
    public static bool IsPlain(LimitedMethod method) =>
        DirectCall.IsPossible(method) && method.Policies[0].OnRejected is null && method.Return.Rejected is null;

    /// <summary>Writes what happens to a rejected call.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="method">The method.</param>
    /// <param name="answer">Writes the end with a fallback's result.</param>
    /// <param name="fail">Writes the end with an exception, given as an expression.</param>
    /// <param name="give">Writes the end with the result that stands for a rejection; <see langword="null"/> where there is none.</param>
    /// <param name="condition">What says that the call is admitted; <see langword="null"/> for the decision.</param>
    public static void WriteRejection(CodeWriter writer, LimitedMethod method, Action<string> answer, Action<string> fail, Action<string>? give = null, string? condition = null)
    {
        var decision = method.Names.Decision;
        WriteReport(writer, method);
        using (writer.Braces("if (!" + (condition ?? decision + ".IsAllowed") + ")"))
        {
            var fallbacks = method.Policies.Select(policy => policy.OnRejected).Distinct().ToList();
            if (fallbacks.Count == 1)
            {
                End(fallbacks[0]);
                return;
            }

            // Attributes that answer differently: the policy that rejected decides.
            foreach (var policy in method.Policies.Where(policy => policy.OnRejected is not null))
            {
                using (writer.Braces("if (" + decision + ".Policy?.Name == " + Expressions.Literal(policy.Name) + ")"))
                {
                    answer(policy.OnRejected!);
                }
            }

            End(null);
        }

        void End(string? fallback)
        {
            if (fallback is null && give is not null && method.Return.Rejected is { } rejected)
            {
                give(rejected + "(" + decision + ")");
            }
            else if (fallback is null)
            {
                fail("new " + Runtime.Exceeded + "(" + decision + ")");
            }
            else
            {
                answer(fallback);
            }
        }
    }

    /// <summary>Tells the request what was decided, so that headers and the application's own code can say it.</summary>
    private static void WriteReport(CodeWriter writer, LimitedMethod method)
    {
        if (method.Request is not { Context: { } context } request)
        {
            return;
        }

        using var block = request.MayBeNull ? writer.Braces("if (" + context + " is not null)") : default;
        writer.Line(Runtime.AddDecision + "(" + context + ", " + method.Names.Decision + ");");
    }
}
