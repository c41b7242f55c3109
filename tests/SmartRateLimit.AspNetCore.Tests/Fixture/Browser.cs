using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmartRateLimit.AspNetCore.Tests.Fixture;

/// <summary>A page in a headless Chromium, driven over its DevTools protocol.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Announcement = "DevTools listening on ";

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private int _last;
    private Task _drained = Task.CompletedTask;

    private Browser(Process process, string profile)
    {
        _process = process;
        _profile = profile;
    }

    /// <summary>The browser that Debian's package <c>chromium</c> installs; <see langword="null"/> when it is missing.</summary>
    public static string? Executable { get; } = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    public static async Task<Browser> OpenAsync(Uri page)
    {
        var profile = Directory.CreateTempSubdirectory("browser").FullName;
        var process = Process.Start(new ProcessStartInfo(Executable!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank"])
        {
            RedirectStandardError = true,
        })!;
        var browser = new Browser(process, profile);
        try
        {
            await browser.AttachAsync(page);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Evaluates an expression and gives its value as text.</summary>
    public async Task<string?> EvaluateAsync(string expression)
    {
        var id = ++_last;
        var command = new JsonObject
        {
            ["id"] = id,
            ["method"] = "Runtime.evaluate",
            ["params"] = new JsonObject { ["expression"] = $"String({expression})", ["awaitPromise"] = true },
        };
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        while (true)
        {
            var message = await ReceiveAsync();
            if (message["id"]?.GetValue<int>() == id)
            {
                return message["result"]?["result"]?["value"]?.GetValue<string>();
            }
        }
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string expression, TimeSpan atMost)
    {
        var started = Stopwatch.StartNew();
        while (await EvaluateAsync(expression) != "true")
        {
            Assert.True(started.Elapsed < atMost, $"Not within {atMost}: {expression}. The page shows: {await EvaluateAsync("document.body.innerText")}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _drained;
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A child of the browser may still be writing; the system's own cleaning takes the rest.
        }
    }

    private async Task AttachAsync(Uri page)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync(timeout.Token) ?? throw new InvalidOperationException("The browser ended before it could be driven.");
        }
        while (!line.StartsWith(Announcement, StringComparison.Ordinal));

        _drained = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        var address = new Uri(line[Announcement.Length..]);
        using var client = new HttpClient();
        using var response = await client.PutAsync(new Uri($"http://{address.Authority}/json/new?{page}"), null, timeout.Token);
        var target = await response.Content.ReadFromJsonAsync<JsonObject>(timeout.Token);
        await _socket.ConnectAsync(new Uri(target!["webSocketDebuggerUrl"]!.GetValue<string>()), timeout.Token);
    }

    private async Task<JsonObject> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16_384];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            await message.WriteAsync(buffer.AsMemory(0, part.Count), TestContext.Current.CancellationToken);
        }
        while (!part.EndOfMessage);
        return JsonSerializer.Deserialize<JsonObject>(message.ToArray())!;
    }
}
