using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace SmartRateLimit.AspNetCore.Tests.Fixture;

/// <summary>A <c>curl -i</c> in a document with the status and headers that it says come back.</summary>
public sealed partial record DocumentedCall(string Command, string Status, IReadOnlyList<string> Headers)
{
    private const string Folder = "documents";

    /// <summary>How often the document sends it; the answer is the last one's.</summary>
    public int Times => Loop().Match(Command) is { Success: true } loop ? loop.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length : 1;

    public string Path => new Uri(Address().Match(Command).Groups[1].Value).PathAndQuery;

    /// <summary>The calls of a document that the build copied next to the tests.</summary>
    public static IReadOnlyList<DocumentedCall> In(string document) =>
        [.. Block().Matches(File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, Folder, document))).Select(block => Read(block.Groups[1].Value))];

    public HttpRequestMessage Request()
    {
        var body = Body().Match(Command);
        var request = new HttpRequestMessage(body.Success ? HttpMethod.Post : HttpMethod.Get, Path);
        if (body.Success)
        {
            request.Content = new StringContent(body.Groups[1].Value, MediaTypeHeaderValue.Parse("application/json"));
        }

        foreach (Match header in Header().Matches(Command))
        {
            request.Headers.TryAddWithoutValidation(header.Groups[1].Value, header.Groups[2].Value);
        }

        return request;
    }

    private static DocumentedCall Read(string block)
    {
        var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new DocumentedCall(lines[0], lines[1], lines[2..]);
    }

    [GeneratedRegex(@"```(?:console)?\n\$ ((?:for|curl -i)[^`]*)```")]
    private static partial Regex Block();

    [GeneratedRegex(@"^for i in ([\d ]+);")]
    private static partial Regex Loop();

    [GeneratedRegex(@"(http://[^' ]+)")]
    private static partial Regex Address();

    [GeneratedRegex("-d '([^']*)'")]
    private static partial Regex Body();

    [GeneratedRegex("-H '([^':]+): ([^']*)'")]
    private static partial Regex Header();
}
