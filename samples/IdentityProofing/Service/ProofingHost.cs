using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.Hpki;
using MedId.Jpki.Certificates;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Pki;
using MedId.Provider;
using MedId.Samples.Hosting;
using MedId.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.IdentityProofing;

/// <summary>The patient's OP of this sample: everything of MedId.AspNetCore.Provider, with proofing by card and a clinic's terminal.</summary>
internal static class ProofingHost
{
    /// <summary>The class of a card at a terminal in this sample; no official one.</summary>
    public const string CardClass = "https://medidsdk.example/sample/acr/card-at-terminal";

    /// <summary>The class of a phone in this sample; no official one.</summary>
    public const string PhoneClass = "https://medidsdk.example/sample/acr/phone";

    /// <summary>The clinic's terminal, as the OP's operator registered it.</summary>
    public static ClinicTerminal Terminal { get; } = new()
    {
        ClientId = "terminal-clinic-a",
        InstitutionId = "urn:medidsdk:sample:clinic-a",
        Institution = "みほん内科クリニック（架空）",
        Serves = [ClinicEhr.ClientId],
    };

    public static WebApplication Build(HostArguments arguments, SampleWorld world, string databaseFile)
    {
        var issuer = arguments.Urls;
        var app = SampleHost.Build(arguments, builder =>
        {
            var services = builder.Services;
            services.AddSingleton<OpenChallenges>();
            services.AddSingleton<IJpkiIdentityVerifier>(_ => world.CardVerifier);
            services.AddSingleton(s => new ApplicationFormService(s.GetRequiredService<IJpkiIdentityVerifier>(), s.GetRequiredService<TimeProvider>()));
            services.AddSingleton(s => new JpkiSignInService(s.GetRequiredService<IJpkiIdentityVerifier>(), world.SubjectKeys, s.GetRequiredService<TimeProvider>()));
            services
                .AddMedIdProvider(options =>
                {
                    options.Issuer = issuer;
                    options.Laws = LawPolicy.In("JP");
                    options.AcrTable = new([Class(CardClass, AuthenticatorAssuranceLevel.Aal2, "jpki"), Class(PhoneClass, AuthenticatorAssuranceLevel.None, "fido-uaf")]);
                })
                .ConfigureServer(server => server.AllowHttpOnLoopback = true)
                .AddCiba(ciba => ciba.Interval = TimeSpan.FromSeconds(1))
                .AddUaf(new UafMetadataSet([world.PhoneModel]), UafPolicy.ForModels(world.PhoneModel.Aaid), SamplePhoneApp.FacetId)
                .AddClients(Client(ClinicEhr.ClientId, "みほん内科クリニック電子カルテ（架空）", world.EhrKey), Client(Terminal.ClientId, "受付端末（架空）", world.TerminalKey))
                .AddSigningKeys(new KeyRing([world.OpKey]))
                .AddAccountDigestKey(world.DigestKey)
                .AddHpkiPractitioners(s => Practitioners(world, s.GetRequiredService<TimeProvider>()))
                .AddProofing(_ => new JpkiAccountResolver(world.SubjectKeys, world.Links))
                .AddCardTerminals(s => s.GetRequiredService<JpkiSignInService>(), Terminal)
                .AddPush(_ => world.Push, SamplePush.Scheme)
                .WithoutTimestampedHistory()
                .UseStore(_ => SqliteProviderStore.Open(new SqliteStorageOptions { Path = databaseFile, Cipher = tenant => new FieldCipher(tenant.Value, FieldKey.DeriveForTenant("sample-1", world.DigestKey, tenant.Value)) }));
        });
        app.MapMedIdProvider();
        ProofingRoutes.Map(app);
        return app;
    }

    private static HpkiPractitioners Practitioners(SampleWorld world, TimeProvider time)
    {
        var policy = new HpkiPolicy { Anchors = world.HpkiAnchors, Use = HpkiUse.Authentication };

        // The operator's decision: a doctor may ask for these two and nothing else.
        var scopes = RoleScopePolicy.Nothing.Allow(RoleIds.Physician, [.. ClinicEhr.Scopes]);
        return new(() => policy, scopes, world.HpkiAuthorities, async (path, cancellationToken) =>
        {
            var gathered = await world.HpkiGatherer.GatherAsync(path[0], world.HpkiAnchors, new PathEvidence { Certificates = world.HpkiAuthorities }, cancellationToken);
            return gathered.Evidence;
        }, time);
    }

    private static AcrRequirement Class(string acr, AuthenticatorAssuranceLevel level, string protocol) =>
        new() { Acr = acr, Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = level, Protocols = [protocol] };

    private static ClientRegistration Client(string id, string name, SigningKey key)
    {
        var metadata = ClientMetadata.Parse(JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["client_id"] = id,
            ["client_name"] = name,
            ["token_endpoint_auth_method"] = ClientAuthenticationMethods.PrivateKeyJwt,
            ["token_endpoint_auth_signing_alg"] = "ES256",
            ["jwks"] = JsonNode.Parse(JsonWebKeySet.Of([key.ToJwk()]).ToJson()),
            ["grant_types"] = new JsonArray(GrantTypes.Ciba),
            ["scope"] = "openid " + string.Join(' ', ClinicEhr.Scopes),
            ["backchannel_user_code_parameter"] = true,
            ["backchannel_token_delivery_mode"] = "poll",
            ["backchannel_authentication_request_signing_alg"] = "ES256",
        }));
        return new ClientRegistration(TenantId.Single, metadata.Succeeded ? metadata.Value : throw new InvalidOperationException(metadata.Error.ToString())) { Resources = [ClinicEhr.Resource] };
    }
}
