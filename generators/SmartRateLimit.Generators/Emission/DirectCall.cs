using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>
/// Asks in the way that is fastest where the limiter decides in this process: a key that is one string is not written
/// anywhere, and an admission comes without a decision.
/// </summary>
internal static class DirectCall
{
    /// <summary>Whether nobody wants to know what is left after an admission, and only one attribute decides.</summary>
    public static bool IsPossible(LimitedMethod method) => method.Policies.Count == 1 && method.Request?.Context is null;

    /// <summary>Whether the cost may be written twice, since reading it does nothing.</summary>
    public static bool CanAskTwice(LimitedMethod method) => method.Policies[0].Cost is not { } cost || cost.All(char.IsDigit);

    /// <summary>Writes what a synchronous call needs.</summary>
    /// <returns>The expression that decides, and says whether the call is admitted.</returns>
    public static string WriteAcquire(CodeWriter writer, LimitedMethod method)
    {
        var end = ", " + Cost(method) + ", out var " + method.Names.Decision + ")";
        if (method.Policies[0].Key.Text is { } text)
        {
            RequestWriter.WriteCondition(writer, method);
            return Call("TryAcquirePart", method, text) + end;
        }

        RequestWriter.WriteOne(writer, method);
        return Call("TryAcquire", method, "ref " + method.Names.Key) + end;
    }

    /// <summary>Writes the return of an asynchronous call that is admitted at once, on a key that was written.</summary>
    public static void WriteAdmit(CodeWriter writer, LimitedMethod method) =>
        WriteReturn(writer, method, Call("TryAdmit", method, "ref " + method.Names.Key));

    /// <summary>Writes the return of an asynchronous call that is admitted at once, on a key that is one string.</summary>
    /// <returns>The expression that asks where that is not so.</returns>
    public static string WriteAdmitPart(CodeWriter writer, LimitedMethod method, string text)
    {
        var part = text;
        if (method.Policies[0].Key.Alternatives.Count > 0 && !method.Signature.Parameters.Any(parameter => parameter.Name == text))
        {
            part = method.Names.Key;
            writer.Line("var " + part + " = " + text + ";");
        }

        WriteReturn(writer, method, Call("TryAdmitPart", method, part));
        return Call("AcquirePartAsync", method, part) + ", " + Cost(method) + Token(method) + ")";
    }

    private static void WriteReturn(CodeWriter writer, LimitedMethod method, string call)
    {
        using (writer.Braces("if (" + call + ", " + Cost(method) + Token(method) + "))"))
        {
            writer.Line("return " + method.Core + ";");
        }
    }

    private static string Call(string name, LimitedMethod method, string key) =>
        Runtime.Call + "." + name + "(" + method.Limiter + ", " + LimitsClass.Policy(method, 0) + ", " + key;

    private static string Cost(LimitedMethod method) => method.Policies[0].Cost ?? "1";

    private static string Token(LimitedMethod method) => method.Token is { } name ? ", " + name : string.Empty;
}
