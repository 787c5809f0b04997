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

    public static async Task Call(SigningKey key, string accessToken, CancellationToken cancellationToken)
    {
        #region OAuth_Dpop
        var proofs = new DpopProofs(key);
        using var api = new HttpClient(new DpopHandler(proofs) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false } });
        using var call = new HttpRequestMessage(HttpMethod.Get, "https://api.example/fhir/Patient/p1");
        call.Headers.Authorization = new("DPoP", accessToken);

        using var answer = await api.SendAsync(call, cancellationToken);
        if (StepUpChallenge.Find(answer) is { } challenge)
        {
            // Ask the OP again, for challenge.AcrValues.
        }
        #endregion
    }

    public static async Task<bool> Judge(
        IReadOnlyList<string?> headers, IntrospectionResponse token, string accessToken, IProofReplayStore replays, DateTimeOffset now, CancellationToken cancellationToken)
    {
        #region OAuth_DpopVerify
        var proof = DpopProofVerifier.Verify(headers, new()
        {
            Method = "GET",
            Uri = "https://api.example/fhir/Patient/p1",
            Algorithms = AlgorithmPolicy.Default.For(SignatureUse.ProofOfPossession, now),
            Now = now,
            AccessToken = accessToken,
            KeyThumbprint = token.Confirmation?.KeyThumbprint,
        });
        var accepted = proof.Succeeded && await replays.TryConsumeAsync(proof.Value.ReplayKey, cancellationToken);
        #endregion
        return accepted;
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
