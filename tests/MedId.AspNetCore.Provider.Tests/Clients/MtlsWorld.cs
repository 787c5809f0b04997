using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Pki;
using MedId.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests.Clients;

/// <summary>Clients of every method beside an OP over TLS or behind a proxy. Authorities, names, keys and secrets are synthetic.</summary>
internal static class MtlsWorld
{
    public const string Named = "api-by-name";
    public const string SelfSigned = "api-self-signed";
    public const string Post = "api-post";
    public const string Hmac = "api-hmac";

    public static readonly string Secret = new('s', 64);

    private static readonly TestAuthorityOptions Options = new() { Now = OpWorld.Start };

    public static TestAuthority Authority { get; } = TestAuthority.CreateRoot(TestName.Common("Synthetic client CA"), Options);

    public static TestAuthority Intermediate { get; } = Authority.CreateSubordinate(TestName.Common("Synthetic client CA 2"), TestKey.Named("client-ca-2", TestKeyKind.P256));

    public static TestAuthority OtherAuthority { get; } = TestAuthority.CreateRoot(TestName.Common("Synthetic client CA"), Options, TestKey.Named("other-ca", TestKeyKind.P256));

    public static TestName Name { get; } = TestName.Of(("C", "JP"), ("O", "Synthetic Hospital"), ("CN", "api.hospital.example"));

    public static TestCertificate Certificate { get; } = Issue(Authority);

    /// <summary>Issued by nobody that anybody knows: its key is registered.</summary>
    public static TestCertificate Own { get; } = Issue(OtherAuthority, "own");

    public static TestCertificate Issue(TestAuthority by, string key = "client", params ReadOnlySpan<Action<TestCertificateBuilder>> profiles) =>
        by.Issue(Name, TestKey.Named(key, TestKeyKind.P256), [builder => builder.With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.2")), .. profiles]);

    public static TrustAnchor Anchor(TestAuthority authority) => TrustAnchor.FromCertificate(Pki.Certificate.Parse(authority.Certificate.Der).Value!);

    /// <summary>An OP that listens by TLS and asks for certificates.</summary>
    public static Task<OpWorld> StartTlsAsync(Action<ClientCertificateOptions> configure, Action<MedIdProviderBuilder>? more = null, Action<WebApplication>? pipeline = null)
    {
        var server = Authority.Issue(
            TestName.Common("localhost"), builder => builder.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Dns("localhost"), TestGeneralName.Ip(127, 0, 0, 1))));
        return OpWorld.StartAsync(new()
        {
            Host = builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(server.ToX509(), https => https.AskForClientCertificates()))),
            More = builder =>
            {
                AddTo(builder).AddClientCertificates(configure);
                more?.Invoke(builder);
            },
            Pipeline = pipeline,
        });
    }

    /// <summary>An OP that believes a proxy; the tests' own connections come from 127.0.0.1.</summary>
    public static Task<OpWorld> StartBehindProxyAsync(Action<ClientCertificateOptions> configure, Action<WebApplication>? pipeline = null) =>
        OpWorld.StartAsync(new() { Pipeline = pipeline, More = builder => AddTo(builder).AddClientCertificates(configure) });

    public static MedIdProviderBuilder AddTo(MedIdProviderBuilder builder)
    {
        builder.Services.AddSingleton<IClientStore>(new ConfiguredClients(Registrations()));
        builder.Services.Configure<ProviderServerOptions>(options => options.Registered.AddRange(Registrations()));
        return builder;
    }

    public static ClientRegistration[] Registrations()
    {
        var key = Cryptography.PublicKey.FromSubjectPublicKeyInfo(Own.Key.SubjectPublicKeyInfo).Value!;
        return
        [
            Api(Named, "tls_client_auth", json => json["tls_client_auth_subject_dn"] = "CN=api.hospital.example,O=Synthetic Hospital,C=JP"),
            Api(SelfSigned, "self_signed_tls_client_auth", json => json["jwks"] = JsonNode.Parse(JsonWebKeySet.Of(key.ToJwk("tls-1")).ToJson())),
            Api(Post, "client_secret_post", json => json["client_secret"] = Secret),
            Api(Hmac, "client_secret_jwt", json => json["client_secret"] = Secret),
        ];
    }

    /// <summary>A client whose connections show a certificate; whoever the server is.</summary>
    public static HttpClient Connect(OpWorld world, TestCertificate? certificate, X509Certificate2Collection? intermediates = null)
    {
        var handler = certificate is null ? new SocketsHttpHandler() : new TlsClientCredential(Named, certificate.ToX509(), intermediates).CreateHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, shown, _, _) => shown is not null;
        return new HttpClient(handler) { BaseAddress = world.Http.BaseAddress };
    }

    /// <summary>Introspection: a call that every client with whom it works may make.</summary>
    public static Task<WireAnswer> AskAsync(OpWorld world, string clientId, HttpClient? http = null, Action<HttpRequestMessage>? change = null) =>
        world.SendFormAsync("/introspect", [new("token", "synthetic"), new("client_id", clientId)], change, http);

    /// <summary>The same by a credential of the client side.</summary>
    public static async Task<WireAnswer> AskAsync(OpWorld world, IClientCredential credential)
    {
        var request = new ClientRequest(world.Issuer + "/introspect", world.Issuer).Add("token", "synthetic");
        await credential.AuthenticateAsync(request);
        return await world.SendFormAsync("/introspect", request.Parameters, message => message.Headers.Authorization = request.Authorization);
    }

    private static ClientRegistration Api(string id, string method, Action<JsonObject> change)
    {
        var metadata = new JsonObject { ["client_id"] = id, ["token_endpoint_auth_method"] = method, ["grant_types"] = new JsonArray() };
        change(metadata);
        return new(TenantId.Single, ClientMetadata.Parse(Encoding.UTF8.GetBytes(metadata.ToJsonString())).Value!) { ServedResources = ["https://" + id + ".example"] };
    }
}
