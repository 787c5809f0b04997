using MedId.OAuth;
using MedId.Pki;

namespace MedId.AspNetCore.Provider;

/// <summary>
/// Where the certificates of clients come from, and who verifies their chains. A chain counts as verified when one of these says so: <see cref="Authorities"/>,
/// <see cref="TlsLayerVerifiesChains"/> for connections, <see cref="ProxyVerifiesChains"/> or <see cref="ProxyVerdictHeader"/> for what a proxy hands on.
/// </summary>
public sealed class ClientCertificateOptions
{
    /// <summary>The authorities that name clients (<c>tls_client_auth</c>). With any of them, paths are validated here by RFC 5280, of connections and of what proxies hand on.</summary>
    public IList<TrustAnchor> Authorities { get; } = [];

    /// <summary>Asked for each certificate: intermediate certificates, CRLs and OCSP responses that the host keeps. Nothing is fetched.</summary>
    public Func<PathEvidence> Evidence { get; set; } = static () => PathEvidence.Empty;

    /// <summary>What has to be proven about revocation where <see cref="Authorities"/> are named.</summary>
    /// <value>Nothing: a client is ended by its registration. Evidence that says revoked refuses all the same.</value>
    public RevocationRequirement Revocation { get; set; } = RevocationRequirement.NotRequired;

    /// <summary>Whether the TLS layer lets only certificates through whose chain it verified up to an authority for clients, e.g. by Kestrel's own validation against a private root.</summary>
    /// <value>False. Where it is true and the TLS layer trusts the system's roots, everybody whom any of them names may be a client by that name.</value>
    public bool TlsLayerVerifiesChains { get; set; }

    /// <summary>The proxies that take the clients' connections, and their header (RFC 9440); null: clients connect directly and such a header is nobody's.</summary>
    public ForwardedCertificateRule? Proxy { get; set; }

    /// <summary>Whether the proxy hands on only certificates whose chain it verified, as nginx does with <c>ssl_verify_client on</c>.</summary>
    public bool ProxyVerifiesChains { get; set; }

    /// <summary>A header of the proxy's that says <see cref="ProxyVerdict"/> exactly when it verified the chain, e.g. with nginx's <c>$ssl_client_verify</c>; null: none.</summary>
    public string? ProxyVerdictHeader { get; set; }

    /// <summary>The value of <see cref="ProxyVerdictHeader"/> for a verified chain.</summary>
    /// <value><c>SUCCESS</c>.</value>
    public string ProxyVerdict { get; set; } = "SUCCESS";

    /// <summary>Where connections are asked for a certificate, when that is another host or port than the issuer's: <c>mtls_endpoint_aliases</c> (RFC 8705 §5).</summary>
    public string? MtlsBaseUrl { get; set; }

    /// <summary>Whether anybody verifies chains at all; without it <c>tls_client_auth</c> refuses everybody.</summary>
    internal bool VerifiesChains => Authorities.Count > 0 || TlsLayerVerifiesChains || (Proxy is not null && (ProxyVerifiesChains || ProxyVerdictHeader is not null));

    /// <summary>What contradicts itself, in words that say which option to set.</summary>
    internal IEnumerable<string> Validate()
    {
        if (Proxy is null && (ProxyVerifiesChains || ProxyVerdictHeader is not null))
        {
            yield return $"AddClientCertificates: a proxy's verdict is believed and no proxy is named: set {nameof(Proxy)}.";
        }

        if (ProxyVerifiesChains && ProxyVerdictHeader is not null)
        {
            yield return $"AddClientCertificates: {nameof(ProxyVerifiesChains)} makes {nameof(ProxyVerdictHeader)} meaningless: keep one of them.";
        }

        if (ProxyVerdictHeader is { } header && string.Equals(header, Proxy?.HeaderName, StringComparison.OrdinalIgnoreCase))
        {
            yield return $"AddClientCertificates: {nameof(ProxyVerdictHeader)} is the certificate's own header.";
        }
    }
}
