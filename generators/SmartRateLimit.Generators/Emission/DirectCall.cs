using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>
/// Asks in the way that is fastest where the limiter decides in this process: a key that is one string, or a string and
/// a number, is not written anywhere, and an admission comes without a decision.
/// </summary>
internal static class DirectCall
{
    /// <summary>Whether nobody wants to know what is left after an admission, and only one attribute decides.</summary>
    public static bool IsPossible(LimitedMethod method) => method.Policies.Count == 1 && method.Request?.Context is null;

    /// <summary>Writes what a synchronous call needs.</summary>
    /// <returns>The expression that decides, and throws where the call is rejected.</returns>
    public static string WriteAcquire(CodeWriter writer, LimitedMethod method) =>
        WriteCall(writer, method, "Acquire") + (method.Policies[0].Cost is { } cost ? ", " + cost : string.Empty) + ")";

    /// <summary>Writes what a synchronous call needs that answers its rejection.</summary>
    /// <returns>The expression that decides, and says whether the call is admitted.</returns>
    public static string WriteTryAcquire(CodeWriter writer, LimitedMethod method) =>
        WriteCall(writer, method, "TryAcquire") + ", " + Cost(method) + ", out var " + method.Names.Decision + ")";

    /// <summary>Writes the return of an asynchronous call that is admitted at once.</summary>
    public static void WriteAdmit(CodeWriter writer, LimitedMethod method)
    {
        var call = WriteCall(writer, method, "TryAdmit");
        using (writer.Braces("if (" + call + ", " + Cost(method) + ", " + (method.Token ?? "default") + ", out var " + method.Names.Acquire + "))"))
        {
            writer.Line("return " + method.Core.Text + ";");
        }
    }

    /// <summary>Writes what stands before a call: of the method for a key that is one string, or a string and a number, or of that for one that is put together.</summary>
    private static string WriteCall(CodeWriter writer, LimitedMethod method, string name)
    {
        var key = method.Policies[0].Key;
        if (key.Text is { } text)
        {
            RequestWriter.WriteCondition(writer, method);
            return Call(name + "Part", method, text);
        }

        if (key.Pair is { } pair)
        {
            RequestWriter.WriteCondition(writer, method);
            return Call(name + "Pair", method, pair.Text + ", " + pair.Number);
        }

        RequestWriter.WriteOne(writer, method);
        return Call(name, method, "ref " + method.Names.Key);
    }

    private static string Call(string name, LimitedMethod method, string key) =>
        Runtime.Call + "." + name + "(" + method.Limiter + ", " + LimitsClass.Policy(method, 0) + ", " + key;

    private static string Cost(LimitedMethod method) => method.Policies[0].Cost ?? "1";
}
