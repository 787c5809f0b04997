using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MedId.Testing;

namespace MedId.Ciba.Interop.Tests;

/// <summary>The OP over TLS with a profile, and certificates for clients. Every certificate is of a test authority made for the run.</summary>
public abstract class TlsOp(string profile) : IAsyncLifetime
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medid-tls");
    private readonly TestAuthority _clients = Root("LAB clients");
    private readonly TestAuthority _strangers = Root("LAB strangers");
    private OpProcess? _op;

    internal OpProcess Op => _op ?? throw new InvalidOperationException("The OP was not started.");

    /// <summary>Who signs for servers.</summary>
    internal TestAuthority Servers { get; } = Root("LAB servers");

    /// <summary>Named by the authority of clients.</summary>
    public (string Certificate, string Key) Named { get; private set; }

    /// <summary>Named by the same authority, as somebody else.</summary>
    public (string Certificate, string Key) Other { get; private set; }

    /// <summary>The same name by an authority that nobody trusts.</summary>
    public (string Certificate, string Key) Stranger { get; private set; }

    /// <summary>Named by itself; its key is registered.</summary>
    public (string Certificate, string Key) Own { get; private set; }

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        var server = Server();
        Named = Client(_clients, "client.example");
        Other = Client(_clients, "other.example");
        Stranger = Client(_strangers, "client.example");
        Own = SelfSigned();
        string[] flags =
        [
            "--lab", "--profile", profile, "--tls-cert", Write("op.pem", server.Pem), "--tls-key", Write("op.key", server.Key.ExportPem()), "--client-ca", Write("clients.pem", _clients.Certificate.Pem),
        ];
        _op = await OpProcess.ListenAsync(X509CertificateLoader.LoadCertificate(Servers.Certificate.Der), flags, Write("servers.pem", Servers.Certificate.Pem));
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        if (_op is not null)
        {
            await _op.DisposeAsync();
        }

        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A certificate of a server on this machine.</summary>
    internal TestCertificate Server() =>
        Servers.Issue(TestName.Common("127.0.0.1"), b => b.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Ip(127, 0, 0, 1))).With(TestExtensions.ExtendedKeyUsage(ServerAuthentication)));

    /// <summary>Adds the key of <see cref="Own"/> to the keys of a client.</summary>
    internal JsonObject WithOwnKey(JsonObject keys)
    {
        using var certificate = X509Certificate2.CreateFromPem(Own.Certificate);
        using var key = certificate.GetECDsaPublicKey()!;
        var point = key.ExportParameters(false).Q;
        keys["keys"]!.AsArray().Add(new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["kid"] = "own",
            ["x"] = System.Buffers.Text.Base64Url.EncodeToString(point.X!),
            ["y"] = System.Buffers.Text.Base64Url.EncodeToString(point.Y!),
            ["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData)),
        });
        return keys;
    }

    private static TestAuthority Root(string name) => TestAuthority.CreateRoot(TestName.Common(name), new TestAuthorityOptions { Now = DateTimeOffset.UtcNow });

    private static (string Certificate, string Key) Client(TestAuthority authority, string host)
    {
        var issued = authority.Issue(
            TestName.Common(host), b => b.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Dns(host))).With(TestExtensions.KeyUsage(X509KeyUsageFlags.DigitalSignature)).With(TestExtensions.ExtendedKeyUsage(ClientAuthentication)));
        return (issued.Pem, issued.Key.ExportPem());
    }

    private static (string Certificate, string Key) SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=LAB self-signed client", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private string Write(string name, string pem)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, pem);
        return file;
    }
}
