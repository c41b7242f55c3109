using WebApi;

await Application.Build(args).RunAsync();
