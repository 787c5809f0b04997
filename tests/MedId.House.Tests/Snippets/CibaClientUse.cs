using MedId.Ciba.Client;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.House.Tests.Snippets;

internal static class CibaClientUse
{
    public static async Task<MedIdResult<CibaTokens>> Ask(HttpClient http, SigningKey key, string lastIdToken, string evidence, CancellationToken cancellationToken)
    {
        #region CibaClient_Ask
        using var client = new CibaClient(http, new CibaClientOptions
        {
            Issuer = "https://op.example",
            Credential = new PrivateKeyJwtCredential("ehr-clinic-a", key),
            RequestSigningKey = key,
        });

        var asked = await client.StartAsync(
            new BackchannelRequest
            {
                Scopes = ["patient/MedicationRequest.read", "patient/AllergyIntolerance.read"],
                Hint = UserHint.IdToken(lastIdToken),
                AcrValues = ["urn:cibatest:auth:fido"],
                BindingMessage = BindingMessage.Parse("山田内科 12-34").Value,
                Resource = "https://api.example/fhir",
                ActorToken = evidence,
            },
            cancellationToken);
        var tokens = asked.Succeeded ? await client.WaitAsync(asked.Value, cancellationToken) : asked.Error;
        #endregion
        return tokens;
    }
}
