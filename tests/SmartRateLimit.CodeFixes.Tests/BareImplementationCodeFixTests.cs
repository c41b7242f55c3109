using SmartRateLimit.Compiling;

namespace SmartRateLimit.CodeFixes.Tests;

public sealed class BareImplementationCodeFixTests
{
    private static readonly FixCheck Fix = new(new BareImplementationCodeFixProvider());

    [Theory]
    [InlineData("services.AddScoped<IWeather, Weather>();", "services.AddRateLimited<IWeather, Weather>(ServiceLifetime.Scoped);")]
    [InlineData("services . AddSingleton < IWeather, Weather > ( ) ; // kept", "services . AddRateLimited < IWeather, Weather > ( ServiceLifetime.Singleton) ; // kept")]
    [InlineData("services.AddKeyedTransient<IWeather, Weather>(\"k\");", "services.AddKeyedRateLimited<IWeather, Weather>(\"k\", ServiceLifetime.Transient);")]
    [InlineData("IWeather weather = new Weather();", "IWeather weather = new RateLimitedWeather(new Weather());")]
    [InlineData("IWeather weather = new Weather { Name = \"a\" /* kept */ };", "IWeather weather = new RateLimitedWeather(new Weather { Name = \"a\" /* kept */ });")]
    [InlineData("services.AddSingleton<IWeather>(_ => new Weather());", "services.AddSingleton<IWeather>(_ => new RateLimitedWeather(new Weather()));")]
    [InlineData("Generic.IRepository<int> repository = new Repository();", "Generic.IRepository<int> repository = new Generic.RateLimitedRepository<int>(new Repository());")]
    public Task A_bare_implementation_gets_its_decorator(string before, string after) => Fix.Makes(Text(before), Text(after));

    [Fact]
    public Task All_bare_implementations_get_their_decorators() => Fix.MakesAll(
        Text("services.AddScoped<IWeather, Weather>(); services.AddSingleton<IWeather, Weather>();"),
        Text("services.AddRateLimited<IWeather, Weather>(ServiceLifetime.Scoped); services.AddRateLimited<IWeather, Weather>(ServiceLifetime.Singleton);"));

    [Fact]
    public async Task A_typed_client_is_registered_first_and_limited_then()
    {
        var text = await Fix.TextAfter(CSharpProject.Of(Text("services.AddHttpClient<IWeather, Weather>();")).WithAspNetCore());

        Assert.Equal(Text("services.AddHttpClient<IWeather, Weather>();\n        services.AddRateLimited<IWeather, Weather>();"), text);
    }

    [Theory]
    [InlineData("services.AddScoped<IWeather, Weather>();", "services.AddRateLimited<IWeather, Weather>(ServiceLifetime.Scoped);")]
    [InlineData("services.AddScoped<IWeather, Weather>(); services.AddSingleton<IWeather, Weather>();", "services.AddRateLimited<IWeather, Weather>(ServiceLifetime.Scoped); services.AddRateLimited<IWeather, Weather>(ServiceLifetime.Singleton);")]
    public Task The_using_is_added_that_the_registration_needs(string before, string after) => Fix.MakesAll(
        Text(before).Replace(Using, StaticUsing, StringComparison.Ordinal).Replace("IServiceCollection services", "Microsoft.Extensions.DependencyInjection.IServiceCollection services", StringComparison.Ordinal),
        Text(after).Replace(Using, StaticUsing + Using, StringComparison.Ordinal).Replace("IServiceCollection services", "Microsoft.Extensions.DependencyInjection.IServiceCollection services", StringComparison.Ordinal));

    [Fact]
    public async Task The_using_is_added_that_the_registration_of_a_typed_client_needs()
    {
        const string Client = "using static Microsoft.Extensions.DependencyInjection.HttpClientFactoryServiceCollectionExtensions;\n";
        var before = Text("services.AddHttpClient<IWeather, Weather>();").Replace(Using, Client, StringComparison.Ordinal);

        var text = await Fix.TextAfter(CSharpProject.Of(before.Replace("IServiceCollection services", "Microsoft.Extensions.DependencyInjection.IServiceCollection services", StringComparison.Ordinal)).WithAspNetCore());

        Assert.StartsWith(Client + Using, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var weather = new Weather();")]
    [InlineData("services.AddScoped(typeof(IWeather), typeof(Weather));")]
    public async Task Nothing_is_offered_where_the_result_might_not_compile(string statement) => Assert.Empty(await Fix.Titles(Text(statement)));

    private const string Using = "using Microsoft.Extensions.DependencyInjection;\n";
    private const string StaticUsing = "using static Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions;\n";

    private static string Text(string statement) => $$"""
        using Microsoft.Extensions.DependencyInjection;

        public interface IWeather
        {
            [RateLimited("1/s", Key = nameof(city))]
            int Ask(string city);
        }

        public class Weather : IWeather
        {
            public string Name { get; set; } = "";

            public int Ask(string city) => 1;
        }

        namespace Generic
        {
            public interface IRepository<T>
            {
                [RateLimited("1/s", Key = "*")]
                T Get();
            }
        }

        public class Repository : Generic.IRepository<int>
        {
            public int Get() => 1;
        }

        public static class Setup
        {
            public static void Run(IServiceCollection services)
            {
                {{statement}}
            }
        }
        """;
}
