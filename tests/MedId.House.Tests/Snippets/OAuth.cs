using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.House.Tests.Snippets;

internal static class OAuth
{
    public static async Task<MedIdResult<IntrospectionResponse>> Introspect(HttpClient http, SigningKey key, string accessToken, CancellationToken cancellationToken)
    {
        #region OAuth_Introspect
        var transport = new ProtocolHttpClient(http);
        using var metadata = new MetadataClient(transport, "https://op.example");
        using var keys = new JwksClient(transport);
        var credential = new PrivateKeyJwtCredential("health-record-api", key);
        var introspection = new IntrospectionClient(transport, metadata, keys, credential);

        var token = await introspection.IntrospectAsync(accessToken, cancellationToken);
        if (token is { Succeeded: true, Value.Active: true } && token.Value.Audience.Contains("https://api.example/fhir"))
        {
            // The token is good for this API, now.
        }
        #endregion
        return token;
    }

    public static string Register(byte[] json)
    {
        #region OAuth_ClientMetadata
        var client = ClientMetadata.Parse(json);
        var shown = client.Succeeded ? client.Value.NameIn("ja") : client.Error.Code;
        #endregion
        return shown;
    }
}
