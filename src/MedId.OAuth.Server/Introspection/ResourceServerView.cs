using System.Text.Json;

namespace MedId.OAuth.Server;

/// <summary>What one resource server may see of a token: nothing unless the token is for it, else the members of the contract.</summary>
internal static class ResourceServerView
{
    // RFC 7662 §2.2 beside sub, which is the asking resource server's own (row A17); cnf by RFC 8705 §3.2 and RFC 9449 §6.2, acr and auth_time by RFC 9470 §6.2, patient by SMART App Launch, consent_id, consent_proxy and act by build/docs/walk.md, authorization_details by RFC 9396 §9.2.
    private static readonly string[] Members =
        ["iss", "aud", "client_id", "scope", "iat", "exp", "jti", "acr", "amr", "auth_time", "cnf", "patient", "consent_id", "consent_proxy", "act", "authorization_details"];

    public static bool MaySee(ClientRegistration resourceServer, AccessToken token) =>
        resourceServer.ServedResources.Contains(token.Audience, StringComparer.Ordinal);

    /// <summary>Writes the answer as an object.</summary>
    public static void Write(Utf8JsonWriter writer, AccessToken? token, SubjectIdentifiers subjects, ClientRegistration resourceServer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("active"u8, token is not null);
        if (token is not null)
        {
            writer.WriteString("token_type"u8, token.TokenType);
            writer.WriteString("sub"u8, subjects.Of(resourceServer, token.Subject));
            foreach (var member in Members)
            {
                if (token.Claims.TryGetProperty(member, out var value))
                {
                    writer.WritePropertyName(member);
                    value.WriteTo(writer);
                }
            }
        }

        writer.WriteEndObject();
    }
}
