using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedId.Ciba.Client;
using MedId.Consumers.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.RelyingParty.Tests;

/// <summary>A relying party's host on loopback: scheduler, notification endpoint, and whatever a test adds.</summary>
internal sealed class NotificationHost : IAsyncDisposable
{
    public const string Op = "clinic-op";

    private NotificationHost(WebApplication app, CapturedLog log) => (App, Log) = (app, log);

    public WebApplication App { get; }

    public CapturedLog Log { get; }

    public CibaScheduler Scheduler => App.Services.GetRequiredService<CibaScheduler>();

    public string Address => App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<NotificationHost> StartAsync(
        Action<CibaClientOptions> configure, Func<HttpMessageHandler>? op = null, X509Certificate2? certificate = null, Action<IServiceCollection>? more = null, Action<CibaSchedulerOptions>? schedule = null)
    {
        var log = new CapturedLog();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        var client = builder.Services.AddMedIdCibaClient(Op, configure);
        if (op is not null)
        {
            client.ConfigurePrimaryHttpMessageHandler(op);
        }

        builder.Services.AddMedIdCibaScheduler(configure: options =>
        {
            options.Jitter = 0;
            schedule?.Invoke(options);
        });
        builder.Services.AddHealthChecks().AddMedIdCibaScheduler();
        more?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapCibaNotifications("/ciba/notifications", Op);
        app.MapHealthChecks("/health");
        await app.StartAsync();
        await app.Services.GetRequiredService<CibaScheduler>().TakenUp;
        return new(app, log);
    }

    /// <summary>A certificate for localhost by nobody's authority.</summary>
    public static X509Certificate2 Certificate(string name = "localhost")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        return request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
    }

    public async Task<CibaPending> AskAsync(BackchannelRequest request, string clientId, string reference = "visit-1")
    {
        var started = await Scheduler.StartAsync(Op, request, await TakenConsent.ProveAsync(request.Hint, TimeProvider.System, clientId), reference);
        Assert.True(started.Succeeded, started.Error?.ToString());
        return started.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        Log.Dispose();
    }
}
