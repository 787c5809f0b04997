using System.Text.Json;
using MedId.Core;

namespace MedId.OAuth;

/// <summary>What an authorization server knows about a token (RFC 7662 §2.2), with the members that the walk adds. An inactive token has nothing but that.</summary>
public sealed record IntrospectionResponse
{
    /// <summary>The answer for every token that is not right for the resource server that asks.</summary>
    public static IntrospectionResponse Inactive { get; } = new();

    /// <summary><c>active</c>.</summary>
    public bool Active { get; init; }

    /// <summary><c>iss</c>.</summary>
    public string? Issuer { get; init; }

    /// <summary><c>sub</c>.</summary>
    public string? Subject { get; init; }

    /// <summary><c>aud</c>, a string or an array on the wire.</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary><c>client_id</c>.</summary>
    public string? ClientId { get; init; }

    /// <summary><c>scope</c>, space-delimited.</summary>
    public string? Scope { get; init; }

    /// <summary><c>token_type</c>.</summary>
    public string? TokenType { get; init; }

    /// <summary><c>iat</c>.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary><c>exp</c>.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary><c>nbf</c>.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary><c>jti</c>.</summary>
    public string? JwtId { get; init; }

    /// <summary><c>acr</c> (RFC 9470 §6.2).</summary>
    public string? Acr { get; init; }

    /// <summary><c>amr</c>.</summary>
    public IReadOnlyList<string> Amr { get; init; } = [];

    /// <summary><c>auth_time</c> (RFC 9470 §6.2).</summary>
    public DateTimeOffset? AuthTime { get; init; }

    /// <summary><c>cnf</c> (RFC 8705 §3.2, RFC 9449 §6.2): the key that the token is bound to; null: it is not bound.</summary>
    public TokenConfirmation? Confirmation { get; init; }

    /// <summary><c>patient</c>: the FHIR id at this resource server.</summary>
    public string? Patient { get; init; }

    /// <summary><c>consent_id</c>.</summary>
    public string? ConsentId { get; init; }

    /// <summary><c>consent_proxy</c>: who consented for the subject, with both names; null when the subject did. Personal data.</summary>
    public ConsentProxyClaim? ConsentProxy { get; init; }

    /// <summary><c>act</c> (RFC 8693 §4.1): who acts for the subject; the practitioner with <c>extensions.ihe_iua</c>. Personal data.</summary>
    public JsonElement? Actor { get; init; }

    /// <summary>Reads the members of an answer, or of <c>token_introspection</c> in a signed one.</summary>
    /// <param name="json">An object of <c>StrictJson</c>.</param>
    public static MedIdResult<IntrospectionResponse> Parse(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Malformed("not an object");
        }

        var members = new JsonMembers(json);
        if (members.Boolean("active") is not { } active)
        {
            return Malformed("active");
        }

        // RFC 7662 §2.2: an inactive token has no other members; a server that sends some is not listened to.
        if (!active)
        {
            return Inactive;
        }

        var response = new IntrospectionResponse
        {
            Active = true,
            Issuer = members.String("iss"),
            Subject = members.String("sub"),
            Audience = members.StringOrStrings("aud"),
            ClientId = members.String("client_id"),
            Scope = members.String("scope", 4096),
            TokenType = members.String("token_type"),
            IssuedAt = members.Time("iat"),
            ExpiresAt = members.Time("exp"),
            NotBefore = members.Time("nbf"),
            JwtId = members.String("jti"),
            Acr = members.String("acr"),
            Amr = members.Strings("amr"),
            AuthTime = members.Time("auth_time"),
            Confirmation = Confirmed(json, members),
            Patient = members.String("patient"),
            ConsentId = members.String("consent_id"),
            ConsentProxy = ConsentProxyClaim.Read(members),
            Actor = members.Object("act")?.Clone(),
        };
        return members.Wrong is { } wrong ? Malformed(wrong) : response;
    }

    /// <inheritdoc/>
    public override string ToString() => Active ? $"active, client {ClientId}" : "inactive";

    private static TokenConfirmation? Confirmed(JsonElement json, JsonMembers members)
    {
        if (!TokenConfirmation.TryRead(json, out var confirmation))
        {
            members.Reject(OAuthClaims.Confirmation);
        }

        return confirmation;
    }

    private static MedIdError Malformed(string detail) => new(OAuthErrorCodes.IntrospectionResponseMalformed, ErrorCategory.Malformed, "RFC 7662 §2.2", detail);
}
