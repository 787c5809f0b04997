using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.House.Tests.Snippets;

internal static class OAuthServer
{
    public static async Task<OAuthAnswer> TokenAsync(
        SigningKey signingKey,
        ClientMetadata ehr,
        ClientMetadata api,
        JwksClient jwks,
        IReplayStore replay,
        IRefreshTokenStore refreshTokens,
        ITokenRevocationStore revoked,
        IGrantStatus grants,
        string? contentType,
        byte[] body,
        string? authorization)
    {
        #region OAuthServer_Parts
        var options = new OAuthServerOptions { Issuer = "https://op.example" };
        var keys = new SingleKeyRing(new KeyRing([signingKey]));
        var clients = new ConfiguredClients(
            new ClientRegistration(TenantId.Single, ehr) { Resources = ["https://api.example/fhir"] },
            new ClientRegistration(TenantId.Single, api) { ServedResources = ["https://api.example/fhir"] });
        var authenticator = new ClientAuthenticator(clients, new ClientKeySource(jwks), replay, options);

        var minter = new TokenMinter(keys, options);
        var refresh = new RefreshGrantHandler(refreshTokens, grants, minter, new TokenRevoker(revoked, options));
        var endpoint = new TokenEndpoint(authenticator, [refresh], options);
        #endregion

        #region OAuthServer_Answer
        // The whole transport: a body and a header go in, an answer comes out.
        var form = OAuthForm.Read(contentType, body);
        OAuthAnswer answer = form.Succeeded
            ? await endpoint.HandleAsync(new() { Tenant = TenantId.Single, Form = form.Value, Authorization = authorization })
            : OAuthAnswer.Refused(form.Error);
        #endregion
        return answer;
    }
}
