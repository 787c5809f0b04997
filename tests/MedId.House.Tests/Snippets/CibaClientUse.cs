using MedId.Ciba.Client;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.House.Tests.Snippets;

internal static class CibaClientUse
{
    public static async Task<MedIdResult<CibaTokens>> Ask(HttpClient http, SigningKey key, ProcessingConsents consents, string lastIdToken, string evidence, CancellationToken cancellationToken)
    {
        #region CibaClient_Ask
        using var client = new CibaClient(http, new CibaClientOptions
        {
            Issuer = "https://op.example",
            Credential = new PrivateKeyJwtCredential("ehr-clinic-a", key),
            RequestSigningKey = key,
        });

        // The person agreed that this clinic processes what it gets: on paper at the reception, or on a screen. Without that nothing is asked.
        var hint = UserHint.IdToken(lastIdToken);
        var proof = await consents.ProveAsync(patient: "chart-4711", purpose: "TREAT", hint, cancellationToken);
        if (!proof.Succeeded)
        {
            return proof.Error;
        }

        var asked = await client.StartAsync(
            new BackchannelRequest
            {
                Scopes = ["patient/MedicationRequest.read", "patient/AllergyIntolerance.read"],
                Hint = hint,
                AcrValues = ["urn:cibatest:auth:fido"],
                BindingMessage = BindingMessage.Parse("山田内科 12-34").Value,
                Resource = "https://api.example/fhir",
                ActorToken = evidence,
            },
            proof.Value,
            cancellationToken);
        var tokens = asked.Succeeded ? await client.WaitAsync(asked.Value, cancellationToken) : asked.Error;
        #endregion
        return tokens;
    }
}
