using Microsoft.Extensions.Options;

namespace SmartRateLimit.Hosting;

/// <summary>Says what is wrong with the options when the application starts.</summary>
internal sealed class SmartRateLimitOptionsValidator : IValidateOptions<SmartRateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, SmartRateLimitOptions options)
    {
        var errors = options.ConfigurationErrors.Concat(SettingsRules.Check(options.ToSettings(), options.Backends)).ToList();
        if (options.TimeProvider is null)
        {
            errors.Add("SmartRateLimitOptions.TimeProvider must not be null; the default is TimeProvider.System.");
        }

        foreach (var group in options.Backends.GroupBy(backend => backend.Name))
        {
            if (string.IsNullOrWhiteSpace(group.Key))
            {
                errors.Add("A backend of SmartRateLimit is registered without a name; give it one that policies can refer to.");
            }
            else if (group.Count() > 1)
            {
                errors.Add($"The backend name \"{group.Key}\" is registered {group.Count()} times; each backend needs a name of its own.");
            }
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Distinct());
    }
}
