using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using SmartRateLimit.Build.Tests.Packages;

namespace SmartRateLimit.Build.Tests.Newcomer;

/// <summary>The page for newcomers is followed word by word, with the packages and nothing else, and shows what happens.</summary>
public sealed partial class NewcomerTests(PackedFeed feed) : IDisposable
{
    private const string Page = "docs/getting-started.md";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateDirectory(Path.Combine(feed.Root, Path.GetRandomFileName()));

    [Fact]
    public async Task A_console_program_prints_what_the_page_says()
    {
        using var reader = new Reader(feed, _folder.FullName);
        var outputs = 0;
        foreach (var step in Walkthrough.Of(Page, "A console program"))
        {
            switch (step)
            {
                case Step.Write write:
                    await reader.WriteAsync(write.File, write.Text);
                    break;
                case Step.Replace replace:
                    await reader.ReplaceAsync("Program.cs", replace.Old, replace.New);
                    break;
                case Step.Command command:
                    await reader.RunAsync(command.Line);
                    Assert.True(reader.ExitCode == 0 || command.Line == "dotnet build", reader.Printed);
                    break;
                case Step.Output output:
                    outputs++;
                    Assert.Contains(output.Text.TrimEnd(), reader.Printed, StringComparison.Ordinal);
                    break;
            }
        }

        Assert.Equal(2, outputs);
        Assert.NotEqual(0, reader.ExitCode);

        // The reader was told to take the mistake back.
        await reader.RunAsync("dotnet build");
        Assert.True(reader.ExitCode == 0, reader.Printed);
    }

    [Fact]
    public async Task A_web_application_answers_what_the_page_says()
    {
        // The reader still stands where the first part ended.
        using var reader = new Reader(feed, _folder.CreateSubdirectory("Quotes").FullName);
        var port = FreePort();
        HttpResponseMessage? answer = null;
        foreach (var step in Walkthrough.Of(Page, "A web application"))
        {
            switch (step)
            {
                case Step.Write write:
                    await reader.WriteAsync(write.File, write.Text);
                    break;
                case Step.Command { Line: var line } when line.StartsWith("dotnet run", StringComparison.Ordinal):
                    reader.Start(Port().Replace(line, "localhost:" + port));
                    await AcceptedAsync(port, reader);
                    break;
                case Step.Command { Line: var line } when line.StartsWith("curl", StringComparison.Ordinal):
                    answer = await FourthAnswerAsync(Port().Replace(Address().Match(line).Value, "localhost:" + port));
                    break;
                case Step.Command command:
                    await reader.RunAsync(command.Line);
                    Assert.True(reader.ExitCode == 0, reader.Printed);
                    break;
                case Step.Output output:
                    AssertShown(output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), answer!);
                    break;
            }
        }

        Assert.NotNull(answer);
        answer.Dispose();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<HttpResponseMessage> FourthAnswerAsync(string address)
    {
        using var client = new HttpClient();
        for (var call = 1; call < 4; call++)
        {
            using var response = await client.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        return await client.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
    }

    private static void AssertShown(string[] documented, HttpResponseMessage answer)
    {
        var headers = answer.Headers.Concat(answer.Content.Headers)
            .SelectMany(header => header.Value.Select(value => $"{header.Key}: {value}"))
            .Append($"HTTP/{answer.Version} {(int)answer.StatusCode} {answer.ReasonPhrase}")
            .ToArray();

        Assert.All(documented, line => Assert.Contains(headers, header => WithoutTime(header) == WithoutTime(line)));
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 10, 20);
    }

    /// <summary>Seconds run while the calls are made.</summary>
    private static string WithoutTime(string header) => Time().Replace(header, "$1");

    private static async Task AcceptedAsync(int port, Reader reader)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("localhost", port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                Assert.Fail("The application does not listen. It printed: " + reader.Printed);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"localhost:\d+")]
    private static partial Regex Port();

    [GeneratedRegex(@"http://[^']+")]
    private static partial Regex Address();

    [GeneratedRegex(@"(Retry-After: |X-RateLimit-Reset: |;t=)\d+")]
    private static partial Regex Time();
}
