using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>
/// <c>tls_client_auth</c> and <c>self_signed_tls_client_auth</c> (RFC 8705 §2): the connection proves who the client is, and the form only names it. Every request has to
/// go over <see cref="CreateHandler"/>, to the endpoints of <see cref="AuthorizationServerMetadata.WithMtlsEndpoints"/>.
/// </summary>
public sealed class TlsClientCredential : IClientCredential
{
    private readonly SslStreamCertificateContext _context;

    /// <summary>A credential.</summary>
    /// <param name="clientId">The client id at the server.</param>
    /// <param name="certificate">The certificate with its private key; owned by the caller, who keeps it for as long as the handlers live.</param>
    /// <param name="intermediates">The certificates between it and the authority that the server trusts; none for a self-signed one.</param>
    /// <exception cref="ArgumentException">The certificate has no private key.</exception>
    public TlsClientCredential(string clientId, X509Certificate2 certificate, X509Certificate2Collection? intermediates = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentNullException.ThrowIfNull(certificate);
        if (!certificate.HasPrivateKey)
        {
            throw new ArgumentException("A certificate proves nothing without its private key.", nameof(certificate));
        }

        ClientId = clientId;
        Certificate = certificate;

        // Offline: what is sent is what was given here; nothing is fetched to complete it.
        _context = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
    }

    /// <inheritdoc/>
    public string ClientId { get; }

    /// <summary>The certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate as a token bound to it knows it (<c>x5t#S256</c>, RFC 8705 §3.1).</summary>
    public string Thumbprint => StrictBase64Url.Encode(SHA256.HashData(Certificate.RawDataMemory.Span));

    /// <summary>A handler whose connections show the certificate. Redirects are not followed; the server's certificate is checked as the system does.</summary>
    public SocketsHttpHandler CreateHandler() => Configure(new SocketsHttpHandler { AllowAutoRedirect = false });

    /// <summary>Lets the connections of a handler show the certificate, for handlers that are made elsewhere.</summary>
    /// <param name="handler">The handler; not used yet.</param>
    /// <returns>The handler.</returns>
    public SocketsHttpHandler Configure(SocketsHttpHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        handler.SslOptions.ClientCertificateContext = _context;
        return handler;
    }

    /// <inheritdoc/>
    public ValueTask AuthenticateAsync(ClientRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        // RFC 8705 §2: client_id is always in the body; the server finds by it what to compare the certificate with.
        request.Add(OAuthParameters.ClientId, ClientId);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override string ToString() => "mutual TLS of " + ClientId;
}
