using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MedId.Samples.Hosting;

/// <summary>What every sample host does alike: listen, log without personal data, report steps, write telemetry, say one line, end on SIGTERM.</summary>
public static class SampleHost
{
    /// <summary>Builds the web application of a host. <see cref="HostArguments"/>, <see cref="StepReporter"/> and <see cref="TimeProvider"/> are registered.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="configure">The host's own services and server settings.</param>
    public static WebApplication Build(HostArguments arguments, Action<WebApplicationBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(arguments.Urls);
        builder.WebHost.ConfigureKestrel(static server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 256 * 1024;
        });
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(arguments);
        builder.Services.AddSingleton(new StepReporter(arguments.Host, arguments.Steps ? Console.Out : null, TimeProvider.System));
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(arguments.LogLevel);
        builder.Logging.AddProvider(new SampleLoggerProvider(
            arguments.LogFile is { } file ? new StreamWriter(file, append: true) : Console.Error, arguments.LogLevel, TimeProvider.System));
        if (arguments.TelemetryFile is { } telemetry)
        {
            // An instance of our own, opened before anything of the application can run, closed with its services.
            builder.Services.AddSingleton(_ => new TelemetryFile(telemetry));
        }

        configure(builder);
        var app = builder.Build();
        _ = app.Services.GetService<TelemetryFile>();
        return app;
    }

    /// <summary>Starts the application, prints the one line <c>{"host":"…","listening":["http://127.0.0.1:5001"],…}</c>, and returns when SIGTERM or Ctrl+C ended it.</summary>
    /// <param name="app">What <see cref="Build"/> made, with its endpoints mapped.</param>
    /// <param name="facts">More members for the line, e.g. durability settings; known only when the addresses are.</param>
    public static async Task<int> RunAsync(WebApplication app, Func<IReadOnlyList<string>, JsonObject>? facts = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        await app.StartAsync().ConfigureAwait(false);
        var addresses = Addresses(app);
        var line = facts?.Invoke(addresses) ?? [];
        line.Insert(0, "host", app.Services.GetRequiredService<HostArguments>().Host);
        line.Insert(1, "listening", new JsonArray([.. addresses.Select(address => JsonValue.Create(address))]));
        Console.WriteLine(SampleJson.ToText(line));
        await app.WaitForShutdownAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
        return 0;
    }

    /// <summary>Where a started application listens, with real port numbers.</summary>
    /// <param name="app">A started application.</param>
    public static IReadOnlyList<string> Addresses(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];
    }
}
