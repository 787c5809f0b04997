using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>What a CIBA client needs to know of itself and of its OP.</summary>
public sealed class CibaClientOptions
{
    /// <summary>The longest that a signed request may be good for (FAPI-CIBA §5.2.2: 60 minutes).</summary>
    public static readonly TimeSpan MaxRequestLifetime = TimeSpan.FromMinutes(60);

    /// <summary>The OP's issuer identifier.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Who the client is at that OP.</summary>
    public IClientCredential? Credential { get; set; }

    /// <summary>Signs the requests (CIBA Core §7.1.1); null sends plain parameters, which only clients registered so may do.</summary>
    public SigningKey? RequestSigningKey { get; set; }

    /// <summary>By which rules the client behaves; checked together with everything else here.</summary>
    /// <value><see cref="CibaClientProfile.CibaCore"/>.</value>
    public CibaClientProfile Profile { get; set; }

    /// <summary>How this client was registered to get its tokens.</summary>
    /// <value><see cref="TokenDeliveryMode.Poll"/>.</value>
    public TokenDeliveryMode DeliveryMode { get; set; }

    /// <summary>
    /// The certificate that tokens are bound to (RFC 8705 §3) where the client authenticates by something else; null for none, and with <see cref="TlsClientCredential"/>, which has its own. With a
    /// certificate the OP's <c>mtls_endpoint_aliases</c> are used, the OP has to say that it binds tokens (<c>tls_client_certificate_bound_access_tokens</c>), and a confirmation in the ID token has to name it. The HTTP client has to present it: <c>AddMedIdCibaClient</c> sees to that,
    /// whoever brings an own handler does it there.
    /// </summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Signs proofs of possession (DPoP, RFC 9449), a fresh one with each request for tokens; null for tokens of type Bearer.</summary>
    public SigningKey? DpopKey { get; set; }

    /// <summary>
    /// Whether a granted scope lies within those that were asked for. When null each has to be one of them, octet by octet; with FHIR scopes a narrower spelling of the same wildcard needs a rule that
    /// knows them (<c>ScopeSet.IsNarrowingOf</c> of MedId.Heart.Fhir.Scopes).
    /// </summary>
    public Func<IReadOnlyList<string>, string, bool>? IsWithinRequest { get; set; }

    /// <summary>How long a signed request is good for.</summary>
    /// <value>5 minutes; more than nothing, at most <see cref="MaxRequestLifetime"/>.</value>
    public TimeSpan RequestLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether an ID token must have one of the requested <c>acr_values</c>. Without requested values nothing is compared.</summary>
    /// <value>True.</value>
    public bool RequireAcr { get; set; } = true;

    /// <summary>How the OP encrypts this client's ID tokens; null when they are only signed.</summary>
    public IdTokenEncryption? IdTokenEncryption { get; set; }

    /// <summary>How far the two clocks may differ.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan ClockSkew { get; set; } = JwtExpectations.DefaultClockSkew;

    /// <summary>The algorithms of ID tokens, by time.</summary>
    /// <value><see cref="AlgorithmPolicy.Default"/>.</value>
    public AlgorithmPolicy Algorithms { get; set; } = AlgorithmPolicy.Default;

    /// <summary>Limits of HTTP. For an OP that holds polls, set its timeout to more than the hold.</summary>
    public ProtocolHttpOptions Http { get; set; } = new();

    internal X509Certificate2? PresentedCertificate => Certificate ?? (Credential as TlsClientCredential)?.Certificate;

    internal bool UsesMutualTls => PresentedCertificate is not null;

    /// <summary>Whether this client counts on tokens being bound to its certificate; the answer with the token does not say so (RFC 8705 §3), so the OP has to.</summary>
    internal bool BindsToCertificate => Certificate is not null || (ProfileRules.IsFapi(Profile) && UsesMutualTls && DpopKey is null);

    internal string? CertificateThumbprint => PresentedCertificate is { } certificate ? StrictBase64Url.Encode(SHA256.HashData(certificate.RawDataMemory.Span)) : null;

    /// <summary>Says what is missing or goes against something else; empty when the options are complete.</summary>
    public IEnumerable<string> FindMistakes()
    {
        if (!EndpointUrl.Parse(Issuer, Http.AllowHttpOnLoopback).Succeeded)
        {
            yield return $"{nameof(Issuer)} is not an https URL; for http on loopback set {nameof(Http)}.{nameof(ProtocolHttpOptions.AllowHttpOnLoopback)}.";
        }

        if (Credential is null)
        {
            yield return $"{nameof(Credential)} is missing: set a {nameof(PrivateKeyJwtCredential)} or another one of MedId.OAuth.";
        }

        if (RequestLifetime <= TimeSpan.Zero || RequestLifetime > MaxRequestLifetime)
        {
            yield return $"{nameof(RequestLifetime)} is more than nothing and at most {MaxRequestLifetime}.";
        }

        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromMinutes(5))
        {
            yield return $"{nameof(ClockSkew)} is from nothing to five minutes.";
        }

        if (DpopKey is not null && Certificate is not null)
        {
            yield return $"{nameof(DpopKey)} and {nameof(Certificate)}: tokens are bound to one of them.";
        }

        if (Certificate is not null && Credential is TlsClientCredential)
        {
            yield return $"{nameof(Certificate)}: {nameof(TlsClientCredential)} has one already.";
        }

        if (Certificate is { HasPrivateKey: false })
        {
            yield return $"{nameof(Certificate)} has no private key.";
        }

        if (IdTokenEncryption is { } encryption && !encryption.Keys.Any(key => key.Public.Supports(encryption.Algorithm)))
        {
            yield return $"{nameof(IdTokenEncryption)} has no key for {encryption}: no ID token could be opened.";
        }

        if (DeliveryMode == TokenDeliveryMode.Push && (DpopKey is not null || Certificate is not null))
        {
            yield return $"{nameof(TokenDeliveryMode.Push)} has no token request in which a key could be proved: tokens that are pushed are of type Bearer.";
        }

        foreach (var mistake in ProfileRules.FindMistakes(this))
        {
            yield return mistake;
        }
    }
}
