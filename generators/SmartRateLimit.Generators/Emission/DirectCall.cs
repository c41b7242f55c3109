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

        if (method.Policies[0].Key.Pair is { } pair)
        {
            RequestWriter.WriteCondition(writer, method);
            return Call("TryAcquirePair", method, pair.Text + ", " + pair.Number) + end;
        }

        RequestWriter.WriteOne(writer, method);
        return Call("TryAcquire", method, "ref " + method.Names.Key) + end;
    }

    /// <summary>Writes the return of an asynchronous call that is admitted at once, on a key that was written.</summary>
    public static void WriteAdmit(CodeWriter writer, LimitedMethod method) =>
        WriteReturn(writer, method, Call("TryAdmit", method, "ref " + method.Names.Key));

    /// <summary>Writes the return of an asynchronous call that is admitted at once, on a key that need not be written.</summary>
    /// <returns>The expression that asks where that is not so; <see langword="null"/> where the key has to be written.</returns>
    public static string? WriteAdmitUnwritten(CodeWriter writer, LimitedMethod method)
    {
        var key = method.Policies[0].Key;
        if (key.Text is { } text)
        {
            RequestWriter.WriteCondition(writer, method);
            return WriteAdmit(writer, method, "Part", key.Alternatives.Count > 0 ? WriteValue(writer, method, text, string.Empty) : text);
        }

        if (key.Pair is not { } pair)
        {
            return null;
        }

        RequestWriter.WriteCondition(writer, method);
        return WriteAdmit(writer, method, "Pair", WriteValue(writer, method, pair.Text, "1") + ", " + WriteValue(writer, method, pair.Number, "2"));
    }

    private static string WriteAdmit(CodeWriter writer, LimitedMethod method, string form, string key)
    {
        WriteReturn(writer, method, Call("TryAdmit" + form, method, key));
        return Call("Acquire" + form + "Async", method, key) + ", " + Cost(method) + Token(method) + ")";
    }

    /// <summary>What is read twice is read once where reading it could do something.</summary>
    private static string WriteValue(CodeWriter writer, LimitedMethod method, string value, string suffix)
    {
        if (method.Signature.Parameters.Any(parameter => parameter.Name == value))
        {
            return value;
        }

        var name = method.Names.Key + suffix;
        writer.Line("var " + name + " = " + value + ";");
        return name;
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
