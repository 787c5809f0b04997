using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Signatures;
using MedId.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.House.Tests.Snippets;

internal static class Readme
{
    public static void Provider(
        WebApplicationBuilder builder,
        WebApplication app,
        AcrTable classes,
        UafMetadataSet models,
        UafPolicy policy,
        ClientRegistration ehr,
        ClientRegistration api,
        KeyRing keys,
        byte[] digestKey,
        IPractitionerIssuerSource doctorOps,
        IDeviceNotifier push,
        IHistoryTimestamps timestamps,
        TimestampPolicy timeServices,
        Func<TenantId, FieldCipher> cipherOf)
    {
        #region Readme_Provider
        builder.Services
            .AddMedIdProvider(options =>
            {
                options.Issuer = "https://op.example";
                options.Laws = LawPolicy.In("JP");
                options.AcrTable = classes;
            })
            .AddCiba()
            .AddUaf(models, policy, "android:apk-key-hash-sha256:…")
            .AddClients(ehr, api)
            .AddSigningKeys(keys)
            .AddAccountDigestKey(digestKey)
            .AddPractitionerIssuers(services => doctorOps)
            .AddPush(services => push, "fcm")
            .AddHistoryTimestamps(services => timestamps, timeServices)
            .UseStore(services => SqliteProviderStore.Open(new SqliteStorageOptions { Path = "op.db", Cipher = cipherOf }));

        app.MapMedIdProvider();
        #endregion
    }

    public static void RelyingParty(WebApplicationBuilder builder, SigningKey key)
    {
        #region Readme_RelyingParty
        builder.Services.AddMedIdCibaClient(options =>
        {
            options.Issuer = "https://op.example";
            options.Credential = new PrivateKeyJwtCredential("ehr-clinic-a", key);
            options.RequestSigningKey = key;
        });
        #endregion
    }

    public static void ResourceServer(WebApplicationBuilder builder, WebApplication app, string secret)
    {
        #region Readme_ResourceServer
        builder.Services.AddMedIdIntrospection(options =>
        {
            options.Issuer = "https://op.example";
            options.Audience = "https://api.example/fhir";
            options.Credential = new ClientSecretBasicCredential("health-record-api", secret);
        });

        app.MapGet("/fhir/{type}/{id}", ReadAsync).RequireFhirScope("/fhir");
        #endregion
    }

    private static Task<IResult> ReadAsync(HttpContext context, string type, string id) => Task.FromResult(Results.NotFound());
}
