using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace SmartRateLimit.Hosting;

/// <summary>Makes options be worked out again when the section may have changed.</summary>
internal sealed class ConfigurationChange(ConfigurationSource source) : IOptionsChangeTokenSource<SmartRateLimitOptions>
{
    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => source.Section?.GetReloadToken() ?? Never.Instance;

    private sealed class Never : IChangeToken, IDisposable
    {
        public static readonly Never Instance = new();

        public bool HasChanged => false;

        public bool ActiveChangeCallbacks => true;

        public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => this;

        public void Dispose()
        {
        }
    }
}
