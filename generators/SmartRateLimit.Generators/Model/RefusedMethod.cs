namespace SmartRateLimit.Generators.Model;

/// <summary>
/// A partial method whose annotation has an error. It still gets an implementing part, one that throws: without it the
/// compiler would stop at the missing part (CS8795) before any analyzer could say what is wrong.
/// </summary>
/// <param name="HintName">The name of the file.</param>
/// <param name="Container">Where the method lies.</param>
/// <param name="Signature">How it is declared.</param>
/// <param name="ReturnType">The type it returns, with <c>ref</c> where it is by reference.</param>
/// <param name="Message">What to say when the error was suppressed and the method is called all the same.</param>
/// <param name="Reported">The ids that the compiler reports on what it names.</param>
internal sealed record RefusedMethod(string HintName, ContainerModel Container, SignatureModel Signature, string ReturnType, string Message, EquatableArray<string> Reported);
