using SmartRateLimit.Generators.Model;

namespace SmartRateLimit.Generators.Emission;

/// <summary>The body of a method that returns at once: a rejection is thrown.</summary>
internal static class SynchronousBody
{
    public static void Write(CodeWriter writer, LimitedMethod method)
    {
        if (Outcome.IsPlain(method))
        {
            writer.Line(DirectCall.WriteAcquire(writer, method) + ";");
        }
        else
        {
            WriteDecision(writer, method);
        }

        writer.Line(method.Return switch
        {
            { IsVoid: true } => method.Core.Text + ";",
            { IsByReference: true } => "return ref " + method.Core.Text + ";",
            _ => "return " + method.Core.Text + ";",
        });
    }

    private static void WriteDecision(CodeWriter writer, LimitedMethod method)
    {
        var isAdmitted = DirectCall.IsPossible(method) ? DirectCall.WriteTryAcquire(writer, method) : null;
        if (isAdmitted is null)
        {
            WriteAcquire(writer, method);
        }

        Outcome.WriteRejection(
            writer,
            method,
            answer => Outcome.WriteReturn(writer, method, answer),
            exception => writer.Line("throw " + exception + ";"),
            result => writer.Line("return " + result + ";"),
            isAdmitted);
    }

    private static void WriteAcquire(CodeWriter writer, LimitedMethod method)
    {
        var assign = "var " + method.Names.Decision + " = ";
        if (method.Policies.Count > 1)
        {
            RequestWriter.WriteGroup(writer, method);
            writer.Line(assign + method.Names.Requests + ".Acquire(" + method.Limiter + ");");
            return;
        }

        RequestWriter.WriteOne(writer, method);
        writer.Line(assign + method.Limiter + ".Acquire(" + RequestWriter.Arguments(method) + ");");
        RequestWriter.WriteRelease(writer, method);
    }
}
