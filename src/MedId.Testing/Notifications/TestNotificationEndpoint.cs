using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Testing;

/// <summary>A client's notification endpoint (CIBA Core §9) on the loopback interface, by http and https, that remembers what it was sent and misbehaves by name.</summary>
public sealed class TestNotificationEndpoint : IAsyncDisposable
{
    private const string Elsewhere = "/elsewhere";

    private readonly ConcurrentQueue<ReceivedNotification> _received = new();
    private readonly ConcurrentQueue<NotificationFault> _next = new();
    private readonly X509Certificate2 _right = Create("localhost");
    private readonly X509Certificate2 _wrong = Create("elsewhere.example");
    private readonly SemaphoreSlim _came = new(0);
    private WebApplication? _application;
    private volatile NotificationFault _fault;

    private TestNotificationEndpoint()
    {
    }

    /// <summary>Where it listens by plain http: <c>http://127.0.0.1:PORT/notify</c>.</summary>
    public string PlainUrl { get; private set; } = string.Empty;

    /// <summary>Where it listens by https: <c>https://localhost:PORT/notify</c>.</summary>
    public string SecureUrl { get; private set; } = string.Empty;

    /// <summary>The certificate to trust; made for this endpoint, synthetic.</summary>
    public X509Certificate2 Certificate => _right;

    /// <summary>What it was sent, in order, also what it answered with a fault.</summary>
    public IReadOnlyList<ReceivedNotification> Received => [.. _received];

    /// <summary>Starts an endpoint.</summary>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<TestNotificationEndpoint> StartAsync(CancellationToken cancellationToken = default)
    {
        var endpoint = new TestNotificationEndpoint();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.Limits.MinResponseDataRate = null;
            options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
                https.ServerCertificateSelector = (_, _) => endpoint.Peek() == NotificationFault.WrongTlsName ? endpoint._wrong : endpoint._right));
        });
        var application = builder.Build();
        application.Run(endpoint.HandleAsync);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        endpoint._application = application;
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        endpoint.PlainUrl = $"http://127.0.0.1:{addresses.Single(address => address.Scheme == Uri.UriSchemeHttp).Port}/notify";
        endpoint.SecureUrl = $"https://localhost:{addresses.Single(address => address.Scheme == Uri.UriSchemeHttps).Port}/notify";
        return endpoint;
    }

    /// <summary>Misbehaves from now on.</summary>
    /// <param name="fault">How; <see cref="NotificationFault.None"/> ends it.</param>
    public TestNotificationEndpoint Misbehave(NotificationFault fault)
    {
        _fault = fault;
        return this;
    }

    /// <summary>Misbehaves in its next answers, one each, and then as before.</summary>
    /// <param name="faults">How.</param>
    public TestNotificationEndpoint MisbehaveNext(params IEnumerable<NotificationFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        foreach (var fault in faults)
        {
            _next.Enqueue(fault);
        }

        return this;
    }

    /// <summary>Waits for the next notification that was not waited for yet.</summary>
    /// <param name="timeout">How long.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether one came.</returns>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => _came.WaitAsync(timeout, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync().ConfigureAwait(false);
        }

        _right.Dispose();
        _wrong.Dispose();
        _came.Dispose();
    }

    private NotificationFault Peek() => _next.TryPeek(out var next) ? next : _fault;

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted).ConfigureAwait(false);
        var fault = _next.TryDequeue(out var next) ? next : _fault;
        _received.Enqueue(new(http.Request.Path, http.Request.Headers.Authorization.ToString(), http.Request.ContentType ?? string.Empty, body, fault));
        _came.Release();
        try
        {
            await AnswerAsync(http, http.Request.Path == Elsewhere ? NotificationFault.None : fault).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The caller went away, which ends it.
        }
    }

    private static async Task AnswerAsync(HttpContext http, NotificationFault fault)
    {
        switch (fault)
        {
            case NotificationFault.OkWithBody:
                await http.Response.WriteAsync("""{"this":"is not for the server"}""", http.RequestAborted).ConfigureAwait(false);
                break;
            case NotificationFault.Unavailable:
                http.Response.Headers.RetryAfter = "2";
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                break;
            case NotificationFault.Redirect:
                http.Response.Redirect(Elsewhere, permanent: false, preserveMethod: true);
                break;
            case NotificationFault.SlowDrip:
                await PourAsync(http, 1, TimeSpan.FromMilliseconds(200)).ConfigureAwait(false);
                break;
            case NotificationFault.HugeBody:
                await PourAsync(http, 64 * 1024, TimeSpan.Zero).ConfigureAwait(false);
                break;
            case NotificationFault.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted).ConfigureAwait(false);
                break;
            case NotificationFault.ConnectionReset or NotificationFault.TakenThenReset:
                http.Abort();
                break;
            default:
                http.Response.StatusCode = StatusOf(fault);
                break;
        }
    }

    private static int StatusOf(NotificationFault fault) => fault switch
    {
        NotificationFault.BadRequest => StatusCodes.Status400BadRequest,
        NotificationFault.Unauthorized => StatusCodes.Status401Unauthorized,
        NotificationFault.Forbidden => StatusCodes.Status403Forbidden,
        NotificationFault.NotFound => StatusCodes.Status404NotFound,
        NotificationFault.InternalServerError => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status204NoContent,
    };

    private static async Task PourAsync(HttpContext http, int octets, TimeSpan pause)
    {
        var zeros = new byte[octets];
        while (!http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.Body.WriteAsync(zeros, http.RequestAborted).ConfigureAwait(false);
            await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
            await Task.Delay(pause, http.RequestAborted).ConfigureAwait(false);
        }
    }

    private static X509Certificate2 Create(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(30), DateTimeOffset.UnixEpoch.AddYears(80));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
