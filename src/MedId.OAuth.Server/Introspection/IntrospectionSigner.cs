using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Signed introspection answers (RFC 9701).</summary>
internal sealed class IntrospectionSigner(IKeyRingSource keys, OAuthServerOptions options, SubjectIdentifiers subjects)
{
    /// <summary>RFC 9701 §4: whether the caller asks for a JWT: its media type stands in Accept and is not refused by <c>q=0</c>.</summary>
    public static bool IsAskedFor(string? accept)
    {
        if (accept is null || accept.Length > 1024)
        {
            return false;
        }

        foreach (var range in accept.Split(','))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            if (string.Equals(parts[0].Trim(), TokenTypes.IntrospectionMediaType, StringComparison.OrdinalIgnoreCase))
            {
                return !Array.Exists(parts, p => p.Replace(" ", string.Empty, StringComparison.Ordinal).ToLowerInvariant() is "q=0" or "q=0.0" or "q=0.00" or "q=0.000");
            }
        }

        return false;
    }

    /// <summary>RFC 9701 §5: <c>iss</c>, <c>aud</c> (the caller), <c>iat</c> and the answer; no <c>sub</c> and no <c>exp</c>, so that it is taken for no access token.</summary>
    public async ValueTask<MedIdResult<string>> SignAsync(ClientRegistration caller, AccessToken? token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ring = await keys.GetKeyRingAsync(caller.Tenant, cancellationToken).ConfigureAwait(false);
        if (ring.Current(caller.Metadata.IntrospectionSignedResponseAlg) is not { } key)
        {
            return new MedIdError(OAuthServerErrorCodes.SigningKeyMissing, ErrorCategory.State, "RFC 9701 §6", "introspection_signed_response_alg: no key that signs now has it");
        }

        return await JwtSigner.SignAsync(key, TokenTypes.IntrospectionJwt, Write, cancellationToken).ConfigureAwait(false);

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteString("iss"u8, options.Issuer);
            writer.WriteString("aud"u8, caller.ClientId);
            writer.WriteNumber("iat"u8, now.ToUnixTimeSeconds());
            writer.WritePropertyName(OAuthClaims.TokenIntrospection);
            ResourceServerView.Write(writer, token, subjects, caller);
        }
    }
}
