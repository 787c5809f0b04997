using MedId.Cryptography;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>What a resource server needs to know of itself and of its authorization server. There is no cache: each call is introspected, so a withdrawal counts at once.</summary>
public sealed class IntrospectionBearerOptions : AuthenticationSchemeOptions
{
    /// <summary>The authorization server's issuer identifier.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>This server's own credentials at the authorization server; shared with no other client.</summary>
    public IClientCredential? Credential { get; set; }

    /// <summary>This server's resource identifier: the <c>aud</c> of its tokens. For a FHIR server its base URL.</summary>
    public string Audience { get; set; } = "";

    /// <summary>How far the two clocks may differ.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How strictly answers are read.</summary>
    public IntrospectionClientOptions Introspection { get; set; } = new();

    /// <summary>Limits of HTTP.</summary>
    public ProtocolHttpOptions Http { get; set; } = new();

    /// <summary>Whether only tokens are taken that are bound to a key of their client, by DPoP or mTLS (FAPI). A bound token needs its proof in any case.</summary>
    /// <value>False.</value>
    public bool RequireSenderConstrainedTokens { get; set; }

    /// <summary>The algorithms of DPoP proofs, by time.</summary>
    /// <value><see cref="AlgorithmPolicy.Default"/>.</value>
    public AlgorithmPolicy Algorithms { get; set; } = AlgorithmPolicy.Default;

    /// <summary>How old a DPoP proof may be; bounds what has to be remembered against replay.</summary>
    /// <value>60 seconds; at most 5 minutes.</value>
    public TimeSpan MaxDpopProofAge { get; set; } = DpopExpectations.DefaultMaxAge;

    /// <summary>The nonces that DPoP proofs have to carry (RFC 9449 §9); the same key on every node.</summary>
    /// <value>Null: none is asked for.</value>
    public DpopNonces? DpopNonces { get; set; }

    /// <summary>Scheme, host and port by which callers know this server: what proofs are made for.</summary>
    /// <value>Null: those of <see cref="Audience"/> where it is an http URL, else those of the request.</value>
    public Uri? PublicOrigin { get; set; }

    /// <summary>The proxies in front that say which certificate a caller showed; null: this server takes the TLS connections itself.</summary>
    public ForwardedCertificateRule? ForwardedCertificates { get; set; }

    /// <summary>How scopes are decided. Without a service base of its own, <see cref="Audience"/> is the service base.</summary>
    public ScopeDecisionOptions Scopes { get; set; } = new();

    /// <summary>What a token is bound to, from its introspection.</summary>
    /// <value>Its <c>patient</c>, and nothing else: <c>user/</c> scopes and <c>btg</c> grant nothing.</value>
    public Func<IntrospectionResponse, FhirTokenContext> TokenContext { get; set; } = static response => new FhirTokenContext { Patient = response.Patient };

    /// <summary>Called after each introspection, before the call goes on: for an audit record of who asks under which consent. An exception of it ends the call.</summary>
    public Func<HttpContext, IntrospectionOutcome, Task>? OnIntrospected { get; set; }

    /// <summary>Says what is missing or goes against something else; empty when the options are complete.</summary>
    public IEnumerable<string> FindMistakes()
    {
        if (!EndpointUrl.Parse(Issuer, Http.AllowHttpOnLoopback).Succeeded)
        {
            yield return $"{nameof(Issuer)} is not an https URL; for http on loopback set {nameof(Http)}.{nameof(ProtocolHttpOptions.AllowHttpOnLoopback)}.";
        }

        if (Credential is null)
        {
            yield return $"{nameof(Credential)} is missing: set a {nameof(PrivateKeyJwtCredential)} or a {nameof(ClientSecretBasicCredential)} of this server's own.";
        }

        if (string.IsNullOrEmpty(Audience))
        {
            yield return $"{nameof(Audience)} is missing: the resource identifier that tokens for this server carry.";
        }

        if (Introspection.Encryption is { } how && !how.Keys.Any(key => key.Public.Supports(how.Algorithm)))
        {
            yield return $"{nameof(Introspection)}.{nameof(IntrospectionClientOptions.Encryption)} has no key for {how}.";
        }

        if (Introspection is { Encryption: not null, DangerouslyAcceptUnsignedIntrospection: true })
        {
            yield return $"{nameof(Introspection)}.{nameof(IntrospectionClientOptions.DangerouslyAcceptUnsignedIntrospection)} goes against {nameof(IntrospectionClientOptions.Encryption)}.";
        }

        if (PublicOrigin is { } origin && (!origin.IsAbsoluteUri || origin.Scheme is not ("https" or "http") || origin.AbsolutePath != "/" || origin.Query.Length > 0 || origin.UserInfo.Length > 0))
        {
            yield return $"{nameof(PublicOrigin)} is scheme, host and port of an http URL, nothing more.";
        }

        if (MaxDpopProofAge < TimeSpan.FromSeconds(5) || MaxDpopProofAge > TimeSpan.FromMinutes(5))
        {
            yield return $"{nameof(MaxDpopProofAge)} is from five seconds to five minutes.";
        }

        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromMinutes(5))
        {
            yield return $"{nameof(ClockSkew)} is from nothing to five minutes.";
        }
    }

    internal string? FindPublicOrigin() =>
        (PublicOrigin ?? (Uri.TryCreate(Audience, UriKind.Absolute, out var audience) && audience.Scheme is ("https" or "http") ? audience : null))?.GetLeftPart(UriPartial.Authority);
}
