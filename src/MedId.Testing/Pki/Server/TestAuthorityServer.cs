using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Testing;

/// <summary>Serves test authorities on the loopback interface: CRLs, issuers' certificates, OCSP by GET and POST, time-stamps. It counts what it is asked and misbehaves by name.</summary>
/// <remarks>Start it first, give <see cref="BaseUri"/> to the authorities' options, then add the authorities.</remarks>
public sealed class TestAuthorityServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, TestServerRoute> _routes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ServerFault> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<TestServerRequest> _requests = new();

    private TestAuthorityServer(WebApplication application) => _application = application;

    /// <summary>Where it listens: <c>http://127.0.0.1:</c> and a port of the system's choice, without a slash behind.</summary>
    public string BaseUri { get; private set; } = string.Empty;

    /// <summary>What it was asked, in order, also what it answered with a fault.</summary>
    public IReadOnlyList<TestServerRequest> Requests => [.. _requests];

    /// <summary>Starts a server.</summary>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<TestAuthorityServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var server = new TestAuthorityServer(application);
        application.Run(server.HandleAsync);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        server.BaseUri = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return server;
    }

    /// <summary>Serves an authority: <c>/crl/SLUG.crl</c>, <c>/aia/SLUG.cer</c>, <c>/ocsp/SLUG</c>. What it has revoked counts at once.</summary>
    /// <param name="authority">The authority.</param>
    /// <param name="responder">Who answers OCSP; the authority itself when null.</param>
    /// <param name="crl">Makes the CRL of each request; <see cref="TestAuthority.CreateCrl(ReadOnlySpan{Action{TestCrlBuilder}})"/> when null.</param>
    public TestAuthorityServer Add(TestAuthority authority, TestOcspResponder? responder = null, Func<byte[]>? crl = null)
    {
        responder ??= new(authority);
        AddFile($"/crl/{authority.Slug}.crl", "application/pkix-crl", crl ?? (() => authority.CreateCrl()));
        AddFile($"/aia/{authority.Slug}.cer", "application/pkix-cert", () => authority.Certificate.Der);
        _routes["/ocsp/" + authority.Slug] = new("application/ocsp-response", request => responder.Respond(request), TakesRequest: true);
        return this;
    }

    /// <summary>Lets the responder of an authority misbehave in its answers.</summary>
    /// <param name="authority">The authority.</param>
    /// <param name="fault">How.</param>
    /// <param name="responder">Who answers; the authority itself when null.</param>
    public TestAuthorityServer AddOcsp(TestAuthority authority, OcspFault fault, TestOcspResponder? responder = null)
    {
        responder ??= new(authority);
        _routes["/ocsp/" + authority.Slug] = new("application/ocsp-response", request => responder.Respond(request, fault), TakesRequest: true);
        return this;
    }

    /// <summary>Serves a world of HPKI: its authorities, and the lists about authorities where its certificates say.</summary>
    /// <param name="world">A world whose options have this server's <see cref="BaseUri"/>.</param>
    public TestAuthorityServer Add(HpkiWorld world)
    {
        Add(world.Root);
        foreach (var use in Enum.GetValues<HpkiUse>())
        {
            Add(world.AuthorityFor(use), crl: () => world.CreateCrl(use));
        }

        return AddFile("/repository/rlist/sarl2.crl", "application/pkix-crl", () => world.CreateSarl())
            .AddFile("/repository/rlist/rarl2.crl", "application/pkix-crl", () => world.CreateRarl());
    }

    /// <summary>Serves the OCSP responders of a hierarchy of JPKI, and its CRLs of an address of their own: the certificates name CRLs by directory names only.</summary>
    /// <param name="hierarchy">The hierarchy of a world whose options have this server's <see cref="BaseUri"/>.</param>
    public TestAuthorityServer Add(JpkiHierarchy hierarchy)
    {
        foreach (var authority in hierarchy.Signing.Concat(hierarchy.Authentication))
        {
            Add(authority, crl: () => hierarchy.CreateCrl(authority, JpkiPerson.Yamada));
        }

        return this;
    }

    /// <summary>Serves a time-stamp authority at <c>/tsa</c>.</summary>
    /// <param name="authority">The time-stamp authority.</param>
    /// <param name="fault">How it misbehaves.</param>
    public TestAuthorityServer Add(TestTimestampAuthority authority, TimestampFault fault = TimestampFault.None)
    {
        _routes["/tsa"] = new("application/timestamp-reply", request => authority.Respond(request, fault), TakesRequest: true);
        return this;
    }

    /// <summary>Serves octets.</summary>
    /// <param name="path">The path, with its slash.</param>
    /// <param name="mediaType">The media type.</param>
    /// <param name="content">Makes the octets of each request.</param>
    public TestAuthorityServer AddFile(string path, string mediaType, Func<byte[]> content)
    {
        _routes[path] = new(mediaType, _ => content(), TakesRequest: false);
        return this;
    }

    /// <summary>Misbehaves from now on.</summary>
    /// <param name="path">A path (<c>/ocsp/SLUG</c>) or a kind (<c>ocsp</c>).</param>
    /// <param name="fault">How; <see cref="ServerFault.None"/> ends it.</param>
    public TestAuthorityServer Misbehave(string path, ServerFault fault)
    {
        _faults[path] = fault;
        return this;
    }

    /// <summary>How many requests of a kind it got.</summary>
    /// <param name="kind">crl, aia, ocsp, tsa, or the first segment of a file's path.</param>
    public int Count(string kind) => _requests.Count(request => request.Kind == kind);

    /// <summary>Forgets what it was asked.</summary>
    public void ClearRequests() => _requests.Clear();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        // The raw target: a base64 request in the path has slashes that must stay what they are.
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var segments = target.Split('/', 4);
        var kind = segments.Length > 1 ? segments[1] : string.Empty;
        var path = kind == "ocsp" && segments.Length > 2 ? $"/ocsp/{segments[2]}" : target;
        _requests.Enqueue(new(context.Request.Method, kind, path));
        if (!_routes.TryGetValue(path, out var route))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var fault = _faults.TryGetValue(path, out var ofPath) && ofPath != ServerFault.None ? ofPath : _faults.GetValueOrDefault(kind);
        var answer = route.Answer(route.TakesRequest ? await RequestAsync(context, segments).ConfigureAwait(false) : []);
        await TestServerAnswer.WriteAsync(context, fault, route.MediaType, answer).ConfigureAwait(false);
    }

    private static async Task<byte[]> RequestAsync(HttpContext context, string[] segments)
    {
        if (HttpMethods.IsGet(context.Request.Method))
        {
            var text = segments.Length > 3 ? Uri.UnescapeDataString(segments[3]) : string.Empty;
            var octets = new byte[text.Length];
            return Convert.TryFromBase64String(text, octets, out var length) ? octets[..length] : [];
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        return body.ToArray();
    }
}
