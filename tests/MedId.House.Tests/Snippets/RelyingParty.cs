using MedId.AspNetCore.RelyingParty;
using MedId.Ciba.Client;
using MedId.Cryptography;
using MedId.OAuth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.House.Tests.Snippets;

internal static class RelyingParty
{
    public static WebApplication Build(WebApplicationBuilder builder, SigningKey key, string lastIdToken)
    {
        #region RelyingParty_Use
        builder.Services.AddMedIdCibaClient(options =>
        {
            options.Issuer = "https://op.example";
            options.Credential = new PrivateKeyJwtCredential("ehr-clinic-a", key);
            options.RequestSigningKey = key;
        });
        builder.Services.AddMedIdProcessingConsents(_ => new InMemoryProcessingConsentStore());    // for trials; the records are the proof, so keep them

        var app = builder.Build();
        app.MapPost("/ask", async (CibaService ciba, ProcessingConsents consents, CancellationToken cancellationToken) =>
        {
            var request = new BackchannelRequest { Scopes = ["patient/MedicationRequest.read"], Hint = UserHint.IdToken(lastIdToken) };
            var proof = await consents.ProveAsync(patient: "chart-4711", purpose: "TREAT", request.Hint, cancellationToken);
            var asked = proof.Succeeded ? await ciba.StartAsync(request, proof.Value, cancellationToken) : proof.Error;
            var tokens = asked.Succeeded ? await ciba.WaitAsync(asked.Value, cancellationToken) : asked.Error;
            return tokens.Succeeded ? Results.Ok(tokens.Value.Scopes) : Results.Problem(tokens.Error.Code);
        });
        #endregion
        return app;
    }
}
