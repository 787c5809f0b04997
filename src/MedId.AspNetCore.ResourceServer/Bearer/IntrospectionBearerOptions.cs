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

        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromMinutes(5))
        {
            yield return $"{nameof(ClockSkew)} is from nothing to five minutes.";
        }
    }
}
