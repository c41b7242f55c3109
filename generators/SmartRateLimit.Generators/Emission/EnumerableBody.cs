using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>
/// The body of a method that returns an asynchronous sequence: the key is built when it is called, the permit taken when
/// an enumeration starts.
/// </summary>
internal static class EnumerableBody
{
    public static void Write(CodeWriter writer, LimitedMethod method)
    {
        using (writer.Braces("try"))
        {
            var requests = WriteRequests(writer, method);
            var arguments = method.Signature.Parameters.Select(parameter => parameter.Name).Prepend(requests);
            writer.Line("return " + MethodPart.HelperName(method, "Enumerate") + method.Signature.TypeParameters + "(" + string.Join(", ", arguments) + ");");
        }

        TaskBody.WriteCatch(writer, method);
    }

    public static void WriteHelper(CodeWriter writer, LimitedMethod method)
    {
        var names = method.Names;
        var token = method.Token ?? names.Token;
        var first = Runtime.Request + (method.Policies.Count > 1 ? "[] " : " ") + names.Requests;
        using (MethodPart.Helper(writer, method, MethodPart.HelperName(method, "Enumerate"), first, Parameters(method)))
        {
            writer.Line("var " + names.Decision + " = await " + method.Limiter + Acquire(method, token) + ";");
            Outcome.WriteRejection(writer, method, answer => WriteItems(writer, method, answer, token, isLast: false), exception => writer.Line("throw " + exception + ";"));
            WriteItems(writer, method, method.Core.Text, token, isLast: true);
        }
    }

    private static string WriteRequests(CodeWriter writer, LimitedMethod method)
    {
        if (method.Policies.Count > 1)
        {
            return RequestWriter.WriteAll(writer, method);
        }

        RequestWriter.WriteOne(writer, method);
        writer.Line("var " + method.Names.Requests + " = " + RequestWriter.Create(method, 0, method.Names.Key) + ";");
        RequestWriter.WriteRelease(writer, method);
        return method.Names.Requests;
    }

    private static string Acquire(LimitedMethod method, string token)
    {
        var requests = method.Names.Requests;
        return method.Policies.Count > 1
            ? ".AcquireAllAsync(" + requests + ", cancellationToken: " + token + ")"
            : ".AcquireAsync(" + requests + ".Policy, " + requests + ".Key.Span, " + requests + ".Cost, " + token + ")";
    }

    /// <summary>The token of the enumeration joins the one of the call, or stands alone.</summary>
    private static IEnumerable<string> Parameters(LimitedMethod method)
    {
        const string Mark = "[" + Runtime.EnumeratorCancellation + "] ";
        var parameters = method.Signature.Parameters.Select(parameter => (parameter.Name == method.Token ? Mark : string.Empty) + parameter.HelperDeclaration);
        return method.Token is null ? parameters.Append(Mark + Runtime.Token + " " + method.Names.Token + " = default") : parameters;
    }

    private static void WriteItems(CodeWriter writer, LimitedMethod method, string call, string token, bool isLast)
    {
        var item = method.Names.Item;
        using (writer.Braces("await foreach (var " + item + " in " + Configured(call, token) + ")"))
        {
            writer.Line("yield return " + item + ";");
        }

        if (!isLast)
        {
            writer.Line("yield break;");
        }
    }

    /// <summary>Extension methods are called by their full name: generated code has no usings.</summary>
    private static string Configured(string call, string token) =>
        "global::System.Threading.Tasks.TaskAsyncEnumerableExtensions.WithCancellation(" + call + ", " + token + ").ConfigureAwait(false)";
}
