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

    public static async Task Schedule(CibaClient clinic, ICibaOutcomeHandler handler, FieldCipher cipher, BackchannelRequest request, ProcessingProof proof, CancellationToken stopping)
    {
        #region CibaClient_Schedule
        using var store = FileCibaPendingStore.Open("/var/lib/ehr/ciba");    // one process at a time; what is in it is encrypted
        var scheduler = new CibaScheduler(
            new Dictionary<string, CibaClient>(StringComparer.Ordinal) { ["op-a"] = clinic },
            store,
            new CibaSchedulerOptions { Cipher = cipher, MaxConcurrencyPerOp = 16 },
            handler);    // takes each outcome once, also of requests from before a restart
        var running = scheduler.RunAsync(stopping);

        var asked = await scheduler.StartAsync("op-a", request, proof, reference: "visit-20261122-17", stopping);
        #endregion
        _ = asked;
        await running;
    }

    public static CibaClientOptions Fapi(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, SigningKey key)
    {
        #region CibaClient_Fapi
        var options = new CibaClientOptions
        {
            Profile = CibaClientProfile.FapiCibaId1,
            Issuer = "https://op.example",
            Credential = new TlsClientCredential("ehr-clinic-a", certificate),
            RequestSigningKey = key,
            DeliveryMode = TokenDeliveryMode.Ping,
        };
        #endregion
        return options;
    }

    public static FederationAssuranceLevel Level(CibaTokens tokens)
    {
        #region CibaClient_Level
        var facts = tokens.IdToken.Federation with { OpaqueSubject = true };    // this client is registered with subject_type pairwise
        var decision = FalTable.Evaluate(AssuranceEdition.Nist80063Rev4, facts);    // FAL2; FAL3 asks for an authenticator that the relying party verified itself
        #endregion
        return decision.Level;
    }
}
