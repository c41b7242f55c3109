using System.Globalization;
using Microsoft.Extensions.Configuration;
using SmartRateLimit.Naming;
using SmartRateLimit.Rates;

namespace SmartRateLimit.Hosting;

/// <summary>
/// Reads typed values from configuration without reflection. What is wrong is collected, each with the full key, the
/// value and what would be right.
/// </summary>
internal sealed class SettingReader
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> Errors => _errors;

    public static string Unknown(string path, string what, IReadOnlyCollection<string> known) =>
        NearestName.Of(path[(path.LastIndexOf(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal) + 1)..], known) is { } nearest
            ? $"{path} is no {what}; did you mean {nearest}?"
            : $"{path} is no {what}; there are {string.Join(", ", known)}.";

    public void Fail(string error) => _errors.Add(error);

    /// <summary>The text, or <see langword="null"/> when it is not set.</summary>
    public string? Text(IConfigurationSection setting)
    {
        if (setting.GetChildren().Any())
        {
            Fail($"{setting.Path} is a section, but it takes one value.");
        }

        return setting.Value;
    }

    /// <summary>A list of texts, or <see langword="null"/> when it is not set.</summary>
    public IReadOnlyList<string>? Texts(IConfigurationSection setting)
    {
        if (setting.Value is { Length: > 0 } single)
        {
            Fail($"{setting.Path} is \"{single}\", but it takes a list; write {setting.Path}:0, {setting.Path}:1 and so on.");
        }

        var items = setting.GetChildren().ToList();
        foreach (var item in items.Where(item => string.IsNullOrWhiteSpace(item.Value)))
        {
            Fail($"{item.Path} is empty; write a name.");
        }

        return items.Count == 0 ? null : [.. items.Select(item => item.Value ?? string.Empty).Where(item => item.Length > 0)];
    }

    public bool? Boolean(IConfigurationSection setting) => Text(setting) switch
    {
        null => null,
        var text when bool.TryParse(text, out var value) => value,
        var text => Bad<bool>(setting, text, "write true or false"),
    };

    public long? Permits(IConfigurationSection setting) => Text(setting) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        var text => Bad<long>(setting, text, "write a number of permits in digits, such as 20"),
    };

    /// <summary>A duration as the attribute writes it: a count and a unit.</summary>
    public TimeSpan? Duration(IConfigurationSection setting) => Text(setting) switch
    {
        null => null,
        "0" => TimeSpan.Zero,
        var text when RateParser.TryParse("1/" + text, out var rate, out _) => Rate.From(rate).Period,
        var text => Bad<TimeSpan>(setting, text, "write a count and a unit, such as 500ms or 2s, or 0 for none"),
    };

    public T? Choice<T>(IConfigurationSection setting)
        where T : struct, Enum
    {
        if (Text(setting) is not { } text)
        {
            return null;
        }

        var names = Enum.GetNames<T>();
        return names.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } chosen ? Enum.Parse<T>(chosen)
            : Bad<T>(setting, text, NearestName.Of(text, names) is { } nearest ? $"did you mean {nearest}?" : "write one of " + string.Join(", ", names));
    }

    public string? Rates(IConfigurationSection setting)
    {
        var text = Text(setting);
        try
        {
            return new RateLimitPolicyOverride { Rate = text }.Rate;
        }
        catch (Exception invalid) when (invalid is FormatException or ArgumentException)
        {
            Fail($"{setting.Path}: {invalid.Message} Write rates such as 100/m or 10/s; 500/h.");
            return null;
        }
    }

    private T? Bad<T>(IConfigurationSection setting, string value, string right)
        where T : struct
    {
        Fail($"{setting.Path} is \"{value}\"; {right}{(right.EndsWith('?') ? string.Empty : ".")}");
        return null;
    }
}
