using System.Diagnostics;
using System.Text;
using SmartRateLimit.Build.Tests.Packages;

namespace SmartRateLimit.Build.Tests.Newcomer;

/// <summary>Somebody who has nothing but the packages, and does what a page says word by word.</summary>
internal sealed class Reader(PackedFeed feed, string folder) : IDisposable
{
    private readonly StringBuilder _printed = new();
    private string _folder = folder;
    private Process? _application;

    /// <summary>What the last command printed; of an application that is still running, so far.</summary>
    public string Printed
    {
        get
        {
            lock (_printed)
            {
                return _printed.ToString();
            }
        }
    }

    public int ExitCode { get; private set; }

    public async Task WriteAsync(string file, string text) => await File.WriteAllTextAsync(Path.Combine(_folder, file), text);

    public async Task ReplaceAsync(string file, string old, string @new)
    {
        var path = Path.Combine(_folder, file);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    /// <summary>Gives a command and waits for its end.</summary>
    public async Task RunAsync(string line)
    {
        if (line.StartsWith("cd ", StringComparison.Ordinal))
        {
            _folder = Path.Combine(_folder, line[3..]);
            return;
        }

        (ExitCode, var output) = await feed.RunInAsync(_folder, Arguments(line));
        lock (_printed)
        {
            _printed.Clear().Append(output);
        }
    }

    /// <summary>Gives a command that runs until it is ended.</summary>
    public void Start(string line)
    {
        var start = feed.Start(_folder, Arguments(line));
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _application = Process.Start(start)!;
        _application.OutputDataReceived += Keep;
        _application.ErrorDataReceived += Keep;
        _application.BeginOutputReadLine();
        _application.BeginErrorReadLine();
    }

    public void Dispose()
    {
        _application?.Kill(entireProcessTree: true);
        _application?.Dispose();
    }

    private static string[] Arguments(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_printed)
        {
            _printed.Append(line.Data).Append('\n');
        }
    }
}
