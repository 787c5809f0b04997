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

    public static WebApplication BuildForMany(WebApplicationBuilder builder, SigningKey key, FieldCipher cipher)
    {
        #region RelyingParty_Many
        builder.Services.AddMedIdCibaClient("op-a", options =>
        {
            options.Issuer = "https://op.example";
            options.Credential = new PrivateKeyJwtCredential("ehr-clinic-a", key);
            options.RequestSigningKey = key;
            options.DeliveryMode = TokenDeliveryMode.Ping;
        });
        builder.Services.AddMedIdCibaScheduler(_ => FileCibaPendingStore.Open("/var/lib/ehr/ciba"), options => options.Cipher = cipher);
        builder.Services.AddHealthChecks().AddMedIdCibaScheduler();

        var app = builder.Build();
        app.MapCibaNotifications("/ciba/notifications/op-a", "op-a");
        app.MapPost("/ask", async (CibaScheduler scheduler, ProcessingConsents consents, string chart, string insured) =>
        {
            var request = new BackchannelRequest { Scopes = ["patient/MedicationRequest.read"], Hint = UserHint.LoginHint(insured) };
            var proof = await consents.ProveAsync(chart, purpose: "TREAT", request.Hint);
            var asked = proof.Succeeded ? await scheduler.StartAsync("op-a", request, proof.Value, reference: chart) : proof.Error;
            return asked.Succeeded ? Results.Accepted(value: asked.Value.Id) : Results.Problem(asked.Error.Code);
        });
        #endregion
        return app;
    }
}
