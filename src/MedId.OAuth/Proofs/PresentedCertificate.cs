using System.Buffers.Text;
using System.Security.Cryptography;

namespace MedId.OAuth;

/// <summary>The certificate whose key a client proved at the TLS layer (RFC 8705 §2): to this server, or to a proxy that this server trusts to say so.</summary>
public sealed class PresentedCertificate
{
    /// <summary>Takes a certificate.</summary>
    /// <param name="der">Its DER.</param>
    /// <exception cref="ArgumentException">No bytes.</exception>
    public PresentedCertificate(ReadOnlyMemory<byte> der)
    {
        if (der.IsEmpty)
        {
            throw new ArgumentException("A certificate has bytes.", nameof(der));
        }

        Der = der;
        Thumbprint = Base64Url.EncodeToString(SHA256.HashData(der.Span));
    }

    /// <summary>The certificate in DER.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>The certificate's <c>x5t#S256</c>: SHA-256 of the DER, base64url (RFC 8705 §3.1).</summary>
    public string Thumbprint { get; }

    /// <summary>Whether the TLS layer, or the trusted proxy, verified its chain against the authorities of clients. Without that only a self-signed method can be served by it.</summary>
    public bool IsChainTrusted { get; init; }

    /// <summary>The thumbprint.</summary>
    public override string ToString() => "certificate " + Thumbprint;
}
