using SmartRateLimit.Compiling;
using SmartRateLimit.Generators;

namespace SmartRateLimit.Analyzers.Tests;

public sealed class SRL030Tests
{
    private const string Types = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.DependencyInjection.Extensions;

        public interface IWeather
        {
            [RateLimited("1/s", Key = nameof(city))]
            int Ask(string city);
        }

        public interface IForecast : IWeather;

        public class Weather : IForecast
        {
            public int Ask(string city) => 1;

            public static Weather Create() => new();
        }

        """;

    [Theory]
    [InlineData("{|SRL030:services.AddScoped<IWeather, Weather>()|};")]
    [InlineData("{|SRL030:services.AddScoped<IForecast, Weather>()|};")]
    [InlineData("{|SRL030:services.AddScoped(typeof(IWeather), typeof(Weather))|};")]
    [InlineData("{|SRL030:services.AddScoped<Weather>()|};")]
    [InlineData("{|SRL030:services.AddKeyedSingleton<IWeather, Weather>(\"k\")|};")]
    [InlineData("{|SRL030:services.TryAddTransient<IWeather, Weather>()|};")]
    [InlineData("{|SRL030:services.AddHttpClient<IWeather, Weather>()|};")]
    [InlineData("services.Add({|SRL030:ServiceDescriptor.Singleton<IWeather, Weather>()|});")]
    [InlineData("services.AddSingleton<IWeather>(_ => {|SRL030:new Weather()|});")]
    [InlineData("services.AddSingleton<IWeather>({|SRL030:new Weather()|});")]
    [InlineData("services.AddRateLimited<IWeather, Weather>(); {|SRL030:services.AddScoped<IWeather, Weather>()|};")]
    public Task SRL030_reports_on_a_registration_without_the_decorator(string statement) => Check.ReportsWithAspNetCore(Setup(statement));

    [Theory]
    [InlineData("services.AddRateLimited<IWeather, Weather>();")]
    [InlineData("services.AddScoped<IWeather, Weather>(); services.AddRateLimited<IWeather, Weather>();")]
    [InlineData("services.AddHttpClient<IWeather, Weather>(); services.AddRateLimited<IWeather, Weather>();")]
    [InlineData("services.AddScoped<Weather>().AddRateLimited<IWeather, Weather>();")]
    [InlineData("services.AddSingleton<IWeather>(_ => new Weather()); services.AddRateLimited<IWeather, Weather>();")]
    [InlineData("services.AddSingleton<IWeather>(_ => new RateLimitedWeather(new Weather()));")]
    [InlineData("services.AddSingleton<IFormattable, Uninvolved>(); services.AddSingleton<Uninvolved>();")]
    public Task SRL030_is_silent_on_a_registration_with_the_decorator(string statement) => Check.IsSilentWithAspNetCore(Setup(statement));

    [Theory]
    [InlineData("IWeather weather = {|SRL030:new Weather()|};")]
    [InlineData("var weather = {|SRL030:new Weather()|};")]
    [InlineData("Weather weather = {|SRL030:new()|};")]
    [InlineData("Use({|SRL030:new Weather()|}); static void Use(IWeather weather) { }")]
    [InlineData("Use({|SRL030:new Weather()|}); static void Use(Weather weather) { }")]
    public Task SRL030_reports_on_a_bare_construction(string statement) => Check.ReportsWithAspNetCore(Setup(statement));

    [Theory]
    [InlineData("IWeather weather = new RateLimitedWeather(new Weather());")]
    [InlineData("var inner = new Weather(); IWeather weather = new RateLimitedWeather(inner);")]
    [InlineData("var other = new Uninvolved();")]
    public Task SRL030_is_silent_on_a_construction_that_is_wrapped(string statement) => Check.IsSilentWithAspNetCore(Setup(statement));

    [Fact]
    public Task SRL030_lets_other_projects_construct_but_not_register()
    {
        var library = GeneratorRun.Of(CSharpProject.Of(Types).WithAspNetCore() with { Name = "Library" }, new RateLimitedGenerator()).Compilation;
        var project = CSharpProject.Of().WithAspNetCore();
        return Check.Reports(project with { Assemblies = project.Assemblies.Add(Emitted.Of(library)) }, """
            using Microsoft.Extensions.DependencyInjection;

            public static class Setup
            {
                public static void Run(IServiceCollection services)
                {
                    IWeather weather = new Weather();
                    {|SRL030:services.AddScoped<IWeather, Weather>()|};
                }
            }
            """);
    }

    private static string Setup(string statement) => Types + $$"""
        public sealed class Uninvolved : IFormattable { public string ToString(string? format, IFormatProvider? provider) => ""; }

        public static class Setup
        {
            public static void Run(IServiceCollection services)
            {
                {{statement}}
            }
        }
        """;
}
