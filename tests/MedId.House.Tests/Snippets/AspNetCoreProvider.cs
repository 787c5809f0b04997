using System.Net;
using MedId.AspNetCore.Provider;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.Fido2;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Pki;
using MedId.Provider;
using MedId.Signatures;
using MedId.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using static MedId.House.Tests.Snippets.Provider;

namespace MedId.House.Tests.Snippets;

internal static class AspNetCoreProvider
{
    public static void AddPasskeys(MedIdProviderBuilder provider, Fido.Metadata.IMetadataSource metadata)
    {
        #region AspNetCoreProvider_Passkeys
        provider.AddFido2(passkeys =>
        {
            passkeys.RpId = "op.example";
            passkeys.RpName = "Clinic OP";
            passkeys.Origins.Add("https://op.example");

            // Models in these metadata, with attestation up to their roots; a key that can be synced is refused here.
            passkeys.Attestation = new AttestationTrustPolicy { Metadata = metadata };
            passkeys.Backup = BackupPolicy.RequireDeviceBound;
        });
        #endregion
    }

    public static void AddClientCertificates(MedIdProviderBuilder provider, WebApplicationBuilder builder, Certificate clientAuthority)
    {
        #region AspNetCoreProvider_ClientCertificates
        provider.AddClientCertificates(certificates =>
        {
            // Who names clients for tls_client_auth; self-signed certificates need nobody.
            certificates.Authorities.Add(TrustAnchor.FromCertificate(clientAuthority));

            // Where a proxy takes the connections: its addresses, and the header that it deletes from what clients send.
            certificates.Proxy = new ForwardedCertificateRule([IPNetwork.Parse("10.0.3.0/28")], "X-Client-Certificate", CertificateHeaderFormat.EscapedPem);
        });

        // Where clients connect directly: Kestrel asks, and takes whichever certificate comes.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.AskForClientCertificates()));
        #endregion
    }

    public static void AddWithoutAsking(MedIdProviderBuilder provider, JsonWebKeySet assessorKeys, Func<IServiceProvider, IBreakGlassObserver> oversight)
    {
        #region AspNetCoreProvider_WithoutAsking
        provider.AddPreRegisteredConsent(
            consent => consent.Policy = new PreConsentPolicy { Frameworks = ["https://trust.example/medical-services"] },
            new TrustFramework
            {
                Id = "https://trust.example/medical-services",
                JapaneseName = "医療サービス審査の枠組み",
                EnglishName = "Framework for vetting medical services",
                Assessors = [new() { Issuer = "https://assessor.example", Keys = assessorKeys }],
                RequiredCriteria = ["security-audit"],
            });
        provider.AddBreakGlass(
            emergency =>
            {
                emergency.Clients.Add("ehr-emergency-room");
                emergency.Roles.Add(new("https://op.example/roles", "physician"));
                emergency.Reasons.Add(new("unconscious", "本人の意識がなく、同意を得られません", "The person is unconscious and cannot agree"));
                emergency.Scopes.Add("patient/*.read");
                emergency.JapaneseLegalBasis = "当院規程第12条";
                emergency.EnglishLegalBasis = "Article 12 of the hospital's rules";
            },
            oversight);
        #endregion
    }

    public static WebApplication Build(
        WebApplicationBuilder builder, UafMetadataStatement model, ClientRegistration ehr, ClientRegistration api, SigningKey signingKey, byte[] digestKey, byte[] masterKey, TimestampPolicy timeServices)
    {
        #region AspNetCoreProvider_Use
        builder.Services.AddHttpClient("doctors").ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        builder.Services.AddHttpClient("push").RemoveAllLoggers();
        builder.Services
            .AddMedIdProvider(options =>
            {
                options.Issuer = "https://op.example";
                options.Laws = LawPolicy.In("JP");
                options.AcrTable = new AcrTable(
                    [new() { Acr = "https://op.example/acr/aal2", Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = AuthenticatorAssuranceLevel.Aal2, Protocols = ["fido-uaf"] }]);
            })
            .AddUaf(new UafMetadataSet([model]), UafPolicy.ForModels(model.Aaid), "android:apk-key-hash-sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
            .AddClients(ehr, api)
            .AddSigningKeys(new KeyRing([signingKey]))
            .AddAccountDigestKey(digestKey)
            .AddPractitionerIssuers(services => new PractitionerIssuers(
                new ProtocolHttpClient(services.GetRequiredService<IHttpClientFactory>().CreateClient("doctors")), ["https://doctors.example"]))
            .AddPush(services => new HospitalPush(services.GetRequiredService<IHttpClientFactory>().CreateClient("push")), "https")
            .AddHistoryTimestamps(services => new HistoryTimestamps(new TimestampClient(services.GetRequiredService<IHttpClientFactory>().CreateClient("tsa"), new Uri("https://tsa.example"))), timeServices)
            .UseStore(_ => SqliteProviderStore.Open(new SqliteStorageOptions
            {
                Path = "/var/lib/clinic-op/provider.db",
                Cipher = tenant => new FieldCipher(tenant.Value, FieldKey.DeriveForTenant("2026-11", masterKey, tenant.Value)),
            }));

        var app = builder.Build();
        app.MapMedIdProvider();
        #endregion

        #region AspNetCoreProvider_Outcome
        app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Features.Get<ProviderOutcome>() is { Error: { } error } outcome)
            {
                Console.WriteLine($"{outcome.ClientId}: {error.Code} [{error.Section}]");
            }
        });
        #endregion
        return app;
    }
}
