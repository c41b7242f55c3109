using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SmartRateLimit.AspNetCore.Options;

/// <summary>
/// Reads a configuration section by a table of what it may hold. Written by hand rather than bound by reflection: an
/// unknown key is an error, and trimming cannot take a setting away.
/// </summary>
internal sealed class SettingTable<T>(params (string Name, Action<T, IConfigurationSection> Read)[] settings)
{
    /// <exception cref="FormatException">A key is unknown or its value is not what it must be; the message names it and what would be right.</exception>
    public void Apply(IConfigurationSection section, T target)
    {
        foreach (var child in Setting.Children(section))
        {
            var setting = Array.Find(settings, candidate => candidate.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (setting.Read is null)
            {
                throw new FormatException($"The configuration key \"{child.Path}\" is unknown; expected one of {string.Join(", ", settings.Select(candidate => candidate.Name))}.");
            }

            setting.Read(target, child);
        }
    }
}

/// <summary>Reads single configuration values.</summary>
internal static class Setting
{
    public static string Text(IConfigurationSection section) =>
        section.Value is { Length: > 0 } value ? value : throw Wrong(section, "a text");

    public static bool Switch(IConfigurationSection section) =>
        bool.TryParse(section.Value, out var value) ? value : throw Wrong(section, "true or false");

    public static long Number(IConfigurationSection section) =>
        long.TryParse(section.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Wrong(section, "a whole number from 0");

    public static TEnum Choice<TEnum>(IConfigurationSection section)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(section.Value, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(section.Value![0])
            ? value
            : throw Wrong(section, "one of " + string.Join(", ", Enum.GetNames<TEnum>()));

    /// <summary>What a section or list holds. An empty one of a JSON file has an empty value.</summary>
    /// <exception cref="FormatException">It has a value of its own, which would mean nothing, and so no limit.</exception>
    public static IEnumerable<IConfigurationSection> Children(IConfigurationSection section) =>
        string.IsNullOrEmpty(section.Value) ? section.GetChildren() : throw Wrong(section, $"a section or list, such as {section.Path}:0 or {section.Path}:Key");

    /// <summary>Replaces a list by the section's: one text per child.</summary>
    public static void Texts(IConfigurationSection section, IList<string> list)
    {
        list.Clear();
        foreach (var child in Children(section))
        {
            list.Add(Text(child));
        }
    }

    private static FormatException Wrong(IConfigurationSection section, string expected) =>
        new($"The configuration value of \"{section.Path}\" is \"{section.Value}\", but must be {expected}.");
}
