using System.Net.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Acme
{
    public interface IWeather
    {
        [RateLimited("1/d", Key = nameof(city))]
        string Ask(string city);
    }

    public sealed class Weather(Dependency dependency) : IWeather, IDisposable
    {
        public static int Disposed { get; set; }

        public string Ask(string city) => dependency.Text;

        public void Dispose() => Disposed++;
    }

    public sealed class Dependency
    {
        public string Text => "sunny";
    }

    public sealed class Other : IWeather
    {
        public string Ask(string city) => "other";
    }

    public sealed class Named([ServiceKey] string name) : IWeather
    {
        public string Ask(string city) => name;
    }

    public sealed class HttpWeather(HttpClient client) : IWeather
    {
        public string Ask(string city) => client.BaseAddress + city;
    }

    public interface IRepository<T>
    {
        [RateLimited("1/d", Key = "*")]
        T Find(T value);
    }

    public sealed class Repository<T> : IRepository<T>
    {
        public T Find(T value) => value;
    }

    public interface IUnlimited;

    public sealed class Unlimited : IUnlimited;

    public static partial class Outer
    {
        public interface INested
        {
            [RateLimited("1/d", Key = "*")]
            int Get();
        }

        public sealed class Nested : INested
        {
            public int Get() => 1;
        }
    }
}

public static class Scenario
{
    public const string Expected =
        "sunny rejected True False | True True | True False True | sunny rejected True | sunny True | once sunny rejected | other sunny rejected | north south rejected | keyed | http://w/x rejected | a 1 rejected | 1 rejected | InvalidOperationException | disposed 1";

    public static string Run() => string.Join(" | ",
        With(services => services.AddRateLimited<Acme.IWeather, Acme.Weather>(), provider => Ask(provider) + Same(provider)),
        With(services => services.AddRateLimited<Acme.IWeather, Acme.Weather>(ServiceLifetime.Singleton), provider => Same(provider).Trim()),
        With(services => services.AddScoped<Acme.IWeather, Acme.Weather>().AddRateLimited<Acme.IWeather, Acme.Weather>(), Scoped),
        With(services => services.AddSingleton<Acme.IWeather>(provider => new Acme.Weather(provider.GetRequiredService<Acme.Dependency>())).AddRateLimited<Acme.IWeather, Acme.Weather>(), provider => Ask(provider) + " " + IsOne(provider)),
        With(services => services.AddSingleton<Acme.Weather>().AddRateLimited<Acme.IWeather, Acme.Weather>(), provider => provider.GetRequiredService<Acme.IWeather>().Ask("x") + " " + IsOne(provider)),
        "once " + With(services => services.AddRateLimited<Acme.IWeather, Acme.Weather>().AddRateLimited<Acme.IWeather, Acme.Weather>(), Ask),
        With(services => services.AddSingleton<Acme.IWeather, Acme.Other>().AddRateLimited<Acme.IWeather, Acme.Weather>(), provider => provider.GetServices<Acme.IWeather>().First().Ask("x") + " " + Ask(provider)),
        With(
            services => services.AddKeyedSingleton<Acme.IWeather, Acme.Named>("north").AddKeyedRateLimited<Acme.IWeather, Acme.Named>("north").AddKeyedRateLimited<Acme.IWeather, Acme.Named>("south"),
            provider => Probe.Of(
                () => provider.GetRequiredKeyedService<Acme.IWeather>("north").Ask("a"),
                () => provider.GetRequiredKeyedService<Acme.IWeather>("south").Ask("b"),
                () => provider.GetRequiredKeyedService<Acme.IWeather>("south").Ask("a"))),
        With(services => services.AddKeyedSingleton<Acme.IWeather>("k", (_, key) => new Acme.Named("keyed")).AddKeyedRateLimited<Acme.IWeather, Acme.Named>("k"), provider => provider.GetRequiredKeyedService<Acme.IWeather>("k").Ask("a")),
        With(
            services => services.AddHttpClient<Acme.IWeather, Acme.HttpWeather>(client => client.BaseAddress = new Uri("http://w/")).Services.AddRateLimited<Acme.IWeather, Acme.HttpWeather>(),
            Ask),
        With(services => services.AddRateLimited<Acme.IRepository<string>, Acme.Repository<string>>().AddRateLimited<Acme.IRepository<int>, Acme.Repository<int>>(), provider => Probe.Of(
            () => provider.GetRequiredService<Acme.IRepository<string>>().Find("a"),
            () => 1,
            () => provider.GetRequiredService<Acme.IRepository<int>>().Find(1))),
        With(services => services.AddRateLimited<Acme.Outer.INested, Acme.Outer.Nested>(), provider => Probe.Of(
            () => provider.GetRequiredService<Acme.Outer.INested>().Get(),
            () => provider.GetRequiredService<Acme.Outer.INested>().Get())),
        Probe.Of(() => With(services => services.AddRateLimited<Acme.IUnlimited, Acme.Unlimited>(), _ => "")),
        Disposed());

    private static string Disposed()
    {
        Acme.Weather.Disposed = 0;
        _ = With(services => services.AddRateLimited<Acme.IWeather, Acme.Weather>(), provider => Ask(provider, 1));
        return "disposed " + Acme.Weather.Disposed;
    }

    private static string With(Action<IServiceCollection> register, Func<IServiceProvider, string> use)
    {
        var services = new Services { ServiceDescriptor.Singleton(new Acme.Dependency()), ServiceDescriptor.Singleton(Probe.Limiter()) };
        register(services);
        using var provider = services.BuildServiceProvider(validateScopes: true);
        return use(provider);
    }

    private static string Ask(IServiceProvider provider) => Ask(provider, 2);

    private static string Ask(IServiceProvider provider, int times) => Probe.Of([.. Enumerable.Repeat<Func<object?>>(() => provider.GetRequiredService<Acme.IWeather>().Ask("x"), times)]);

    private static string Same(IServiceProvider provider) => " " + (provider.GetRequiredService<Acme.IWeather>() is Acme.RateLimitedWeather) + " " + IsOne(provider);

    private static bool IsOne(IServiceProvider provider) => ReferenceEquals(provider.GetRequiredService<Acme.IWeather>(), provider.GetRequiredService<Acme.IWeather>());

    private static string Scoped(IServiceProvider provider)
    {
        using var first = provider.CreateScope();
        using var second = provider.CreateScope();
        return IsOne(first.ServiceProvider) + " "
            + ReferenceEquals(first.ServiceProvider.GetRequiredService<Acme.IWeather>(), second.ServiceProvider.GetRequiredService<Acme.IWeather>()) + " "
            + (first.ServiceProvider.GetRequiredService<Acme.IWeather>() is Acme.RateLimitedWeather);
    }

    private sealed class Services : List<ServiceDescriptor>, IServiceCollection;
}
