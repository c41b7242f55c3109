using SmartRateLimit.Binding;
using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>
/// The body of a method that returns a task. While the limiter answers at once nothing is allocated; otherwise the runtime
/// library goes on, or an async helper where it cannot. Nothing is ever thrown: a failure is a faulted task, a cancellation
/// a cancelled one.
/// </summary>
internal static class TaskBody
{
    /// <summary>How many parameters the library can keep until a decision has come.</summary>
    private const int MostKept = 6;

    public static bool IsPlain(LimitedMethod method) => Outcome.IsPlain(method) && method.Core.Arguments.Count <= MostKept;

    public static void Write(CodeWriter writer, LimitedMethod method)
    {
        using (writer.Braces("try"))
        {
            if (IsPlain(method))
            {
                DirectCall.WriteAdmit(writer, method);
                writer.Line("return " + Runtime.Returns(method.Return.Shape) + ".WhenAdmitted(" + string.Join(", ", method.Core.Arguments.Prepend(method.Core.Method).Prepend(method.Names.Acquire)) + ");");
            }
            else
            {
                WriteDecision(writer, method);
            }
        }

        WriteCatch(writer, method);
    }

    private static void WriteDecision(CodeWriter writer, LimitedMethod method)
    {
        var names = method.Names;
        WriteAcquire(writer, method);
        using (writer.Braces("if (!" + names.Acquire + ".IsCompletedSuccessfully)"))
        {
            var arguments = method.Signature.Parameters.Select(parameter => parameter.Name).Prepend(names.Acquire);
            writer.Line("return " + MethodPart.HelperName(method, "Pending") + method.Signature.TypeParameters + "(" + string.Join(", ", arguments) + ");");
        }

        writer.Line("var " + names.Decision + " = " + names.Acquire + ".Result;");
        Outcome.WriteRejection(
            writer,
            method,
            answer => writer.Line("return " + answer + ";"),
            exception => writer.Line("return " + FromException(method.Return) + "(" + exception + ");"),
            result => writer.Line("return " + FromResult(method.Return) + "(" + result + ");"));
        writer.Line("return " + method.Core.Text + ";");
    }

    public static void WriteHelper(CodeWriter writer, LimitedMethod method)
    {
        var names = method.Names;
        var acquire = Runtime.ValueTask + "<" + Runtime.Decision + "> " + names.Acquire;
        var parameters = method.Signature.Parameters.Select(parameter => parameter.HelperDeclaration);
        using (MethodPart.Helper(writer, method, MethodPart.HelperName(method, "Pending"), acquire, parameters))
        {
            writer.Line("var " + names.Decision + " = await " + names.Acquire + ";");
            Outcome.WriteRejection(
                writer,
                method,
                answer => WriteAwait(writer, method, answer, isLast: false),
                exception => writer.Line("throw " + exception + ";"),
                result => writer.Line("return " + result + ";"));
            WriteAwait(writer, method, method.Core.Text, isLast: true);
        }
    }

    /// <summary>Catches what a key, cost or condition throws, and an author's body that throws before its first await.</summary>
    public static void WriteCatch(CodeWriter writer, LimitedMethod method)
    {
        using (writer.ContinuedBraces("catch (" + Runtime.Exception + " " + method.Names.Exception + ")"))
        {
            var result = method.Return.Result is { } type ? "<" + type + ">" : string.Empty;
            writer.Line("return " + Runtime.Faulted(method.Return.Shape) + result + "(" + method.Names.Exception + ");");
        }
    }

    private static void WriteAcquire(CodeWriter writer, LimitedMethod method)
    {
        var assign = "var " + method.Names.Acquire + " = ";
        var token = method.Token is { } name ? ", cancellationToken: " + name : string.Empty;
        if (method.Policies.Count > 1)
        {
            RequestWriter.WriteGroup(writer, method);
            writer.Line(assign + method.Names.Requests + ".AcquireAsync(" + method.Limiter + token + ");");
            return;
        }

        if (DirectCall.IsPossible(method))
        {
            DirectCall.WriteAdmit(writer, method);
            return;
        }

        RequestWriter.WriteOne(writer, method);
        writer.Line(assign + method.Limiter + ".AcquireAsync(" + RequestWriter.Arguments(method) + token + ");");
        RequestWriter.WriteRelease(writer, method);
    }

    private static void WriteAwait(CodeWriter writer, LimitedMethod method, string call, bool isLast)
    {
        var awaited = "await " + call + ".ConfigureAwait(false);";
        writer.Line(method.Return.Result is null ? awaited : "return " + awaited);
        if (method.Return.Result is null && !isLast)
        {
            writer.Line("return;");
        }
    }

    private static string FromResult(ReturnModel @return) =>
        (@return.Shape == ReturnShape.TaskOfResult ? Runtime.Task : Runtime.ValueTask) + ".FromResult<" + @return.Result + ">";

    private static string FromException(ReturnModel @return) => @return.Shape switch
    {
        ReturnShape.Task => Runtime.Task + ".FromException",
        ReturnShape.TaskOfResult => Runtime.Task + ".FromException<" + @return.Result + ">",
        ReturnShape.ValueTask => Runtime.ValueTask + ".FromException",
        _ => Runtime.ValueTask + ".FromException<" + @return.Result + ">",
    };
}
