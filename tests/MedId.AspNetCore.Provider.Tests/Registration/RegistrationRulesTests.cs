using System.Text.Json.Nodes;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

using static MedId.AspNetCore.Provider.Tests.Registration.RegistrationCase;

namespace MedId.AspNetCore.Provider.Tests.Registration;

/// <summary>One set of rules for clients, whichever way they come: by the configuration, by the administration, by the lab.</summary>
public sealed class RegistrationRulesTests
{
    private static IReadOnlyDictionary<string, RegistrationCase> All { get; } = new Dictionary<string, RegistrationCase>(StringComparer.Ordinal)
    {
        ["method left out"] = new(ProviderErrorCodes.ClientMethodNotOffered, "token_endpoint_auth_method")
        {
            Client = static json => BySecret(json, "client_secret_post"),
            Op = static op => op.ConfigureServer(static server => server.AuthenticationMethods = [.. Enum.GetValues<ClientAuthenticationMethod>().Except([ClientAuthenticationMethod.ClientSecretPost])]),
        },
        ["certificate and nobody takes any"] = new(ProviderErrorCodes.ClientCertificatesNotTaken, "token_endpoint_auth_method") { Client = static json => Set(json, ("token_endpoint_auth_method", "self_signed_tls_client_auth")) },
        ["named certificate and nobody verifies chains"] = new(ProviderErrorCodes.ClientChainsNotVerified, "token_endpoint_auth_method")
        {
            Client = static json => Set(json, ("token_endpoint_auth_method", "tls_client_auth"), ("tls_client_auth_san_dns", "ehr.example")),
            Op = static op => op.AddClientCertificates(),
        },
        ["algorithm that is not allowed"] = new(ProviderErrorCodes.ClientAlgorithmNotAllowed, "backchannel_authentication_request_signing_alg")
        {
            Client = static json => Set(json, ("backchannel_authentication_request_signing_alg", "RS256")),
        },
        ["keys by plain http"] = new(ProviderErrorCodes.ClientKeysUrlRefused, "jwks_uri") { Client = static json => Publishes(json, "http://ehr.example/jwks") },
        ["published keys and nobody fetches"] = new(ProviderErrorCodes.ClientKeysNotFetched, "jwks_uri")
        {
            Client = static json => Publishes(json),
            Op = static op => op.Services.RemoveAll<JwksClient>(),
        },
        ["ID tokens by a key that is not there"] = new(ProviderErrorCodes.ClientSigningKeyMissing, "id_token_signed_response_alg") { Client = static json => Set(json, ("id_token_signed_response_alg", "PS256")) },
        ["introspection by a key that is not there"] = new(ProviderErrorCodes.ClientSigningKeyMissing, "introspection_signed_response_alg")
        {
            Serves = true,
            Client = static json => Set(json, ("introspection_signed_response_alg", "ES384")),
        },
        ["encryption without a key for it"] = new(ProviderErrorCodes.ClientEncryptionKeyMissing, "id_token_encrypted_response_alg") { Client = static json => Set(json, ("id_token_encrypted_response_alg", "RSA-OAEP-256")) },
        ["encrypted introspection without a key for it"] = new(ProviderErrorCodes.ClientEncryptionKeyMissing, "introspection_encrypted_response_alg")
        {
            Serves = true,
            Client = static json => Set(json, ("introspection_encrypted_response_alg", "RSA-OAEP-256")),
        },
        ["pairwise and no key for subjects"] = new(OAuthServerErrorCodes.SubjectTypeUnavailable, "subject_type") { Client = static json => Set(Publishes(json), ("subject_type", "pairwise")) },
        ["pairwise without a sector"] = new(OAuthServerErrorCodes.SectorIdentifierMissing, "sector_identifier_uri") { Client = static json => Set(json, ("subject_type", "pairwise")), Op = Pairwise },
        ["pairwise by a host that is not shown to be its own"] = new(OAuthServerErrorCodes.SectorIdentifierUnproven, "token_endpoint_auth_method")
        {
            Client = static json => Set(Publishes(BySecret(json, "client_secret_basic")), ("subject_type", "pairwise")),
            Op = Pairwise,
        },
        ["sector at a private address"] = new(ProviderErrorCodes.ClientSectorUrlRefused, "sector_identifier_uri") { Client = static json => Set(Publishes(json), ("sector_identifier_uri", "https://10.0.0.1/sector")) },
        ["notification to a private address"] = new(ProviderErrorCodes.ClientCibaRefused, "backchannel_client_notification_endpoint")
        {
            Client = static json => Set(json, ("backchannel_token_delivery_mode", "ping"), ("backchannel_client_notification_endpoint", "https://10.0.0.1/cb")),
        },
        ["reuse by refreshing and not registered for it"] = new(ProviderErrorCodes.ClientRefreshNotRegistered, "grant_types")
        {
            Op = static op => op.Services.Configure<ProviderOptions>(static options => options.ReuseByClient[ClientId] = new(ConsentReuse.RefreshToken, TimeSpan.FromDays(1))),
        },
        ["resource server with grants"] = new(ProviderErrorCodes.ClientGrantsOfResourceServer, "grant_types") { Serves = true, Client = static json => Set(json, ("grant_types", new JsonArray("refresh_token"))) },
        ["law that no notice satisfies"] = new(ProviderErrorCodes.ClientLawRefused, "client_id")
        {
            Op = static op => op.Services.Configure<ProviderOptions>(static options =>
                options.Laws = options.Laws! with { RecipientsElsewhere = new Dictionary<string, string>(StringComparer.Ordinal) { [ClientId] = "DE" } }),
        },
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    private static OpSettings Settings(RegistrationCase one, Action<MedIdProviderBuilder>? more = null) => new()
    {
        More = builder =>
        {
            Whole(builder);
            one.Op(builder);
            more?.Invoke(builder);
        },

        // Nobody else needs what one case takes away.
        Client = json =>
        {
            if (one.Code == ProviderErrorCodes.ClientKeysNotFetched && json.Remove("jwks_uri"))
            {
                json["jwks"] = All["method left out"].Registration(withSecret: false)["jwks"]!.DeepClone();
            }
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Configured_Mistake_StopsTheStartByItsCodeAndMember(string name)
    {
        var one = All[name];
        var message = (await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(Settings(one, builder => builder.AddClients(one.Configured()))))).Message;
        Assert.Contains($"{ClientId}: {one.Member}: ", message, StringComparison.Ordinal);
        Assert.Contains($"({one.Code})", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Administered_Mistake_IsRefusedByItsCodeAndMember(string name)
    {
        var one = All[name];
        using var console = await AdminConsole.StartAsync(Settings(one));
        await using var world = console.World;
        var path = (one.Serves ? "/resource-servers/" : "/clients/") + ClientId;
        var refused = await console.PutAsync(path, one.Registration(withSecret: false), match: 0);
        Assert.Equal((400, one.Code), (refused.Status, refused.Code));
        Assert.StartsWith(one.Member + ": ", refused["detail"], StringComparison.Ordinal);
        Assert.Equal(404, (await console.GetAsync(path)).Status);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task InTheLab_Mistake_IsRefusedByItsCodeAndMember(string name)
    {
        var one = All[name];
        await using var world = await LabWorld.StartAsync(
            builder =>
            {
                Whole(builder);
                one.Op(builder);
            },
            withClients: false);
        var refused = (await world.HookAsync("clients", one.Registration(withSecret: true))).Expect(400);
        Assert.Equal(one.Code, refused["error"]);
        Assert.StartsWith(one.Member + ": ", refused["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryWay_RegistrationThatIsRight_IsTaken()
    {
        var right = new RegistrationCase(string.Empty, string.Empty);
        await (await OpWorld.StartAsync(Settings(right, builder => builder.AddClients(right.Configured())))).DisposeAsync();
        using var console = await AdminConsole.StartAsync(Settings(right));
        await using var world = console.World;
        (await console.PutAsync("/clients/" + ClientId, right.Registration(withSecret: false), match: 0)).Expect(201);
        await using var lab = await LabWorld.StartAsync(Whole, withClients: false);
        (await lab.HookAsync("clients", right.Registration(withSecret: true))).Expect(201);
    }

    [Fact]
    public async Task Administered_SeveralMistakes_AreToldTogether()
    {
        using var console = await AdminConsole.StartAsync();
        await using var world = console.World;
        var json = All["pairwise and no key for subjects"].Registration(withSecret: false);
        json["id_token_signed_response_alg"] = "PS256";
        var refused = await console.PutAsync("/clients/" + ClientId, json, match: 0);
        Assert.Equal(ProviderErrorCodes.ClientSigningKeyMissing, refused.Code);
        Assert.Contains("; subject_type: ", refused["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administered_ChangeThatIsWrong_IsRefusedAndChangesNothing()
    {
        var right = new RegistrationCase(string.Empty, string.Empty);
        using var console = await AdminConsole.StartAsync(Settings(right));
        await using var world = console.World;
        var path = "/clients/" + ClientId;
        (await console.PutAsync(path, right.Registration(withSecret: false), match: 0)).Expect(201);
        var wrong = All["ID tokens by a key that is not there"];
        var refused = await console.PutAsync(path, wrong.Registration(withSecret: false), match: 1);
        Assert.Equal((400, wrong.Code), (refused.Status, refused.Code));
        var read = (await console.GetAsync(path)).Expect(200);
        Assert.Equal(1, read.Version);
        Assert.Null(read.Json["id_token_signed_response_alg"]);
    }

    [Fact]
    public async Task Administered_ClientThatStandsNoMore_IsShownSoGetsNoTokensAndDoesNotResume()
    {
        using var console = await AdminConsole.StartAsync(Settings(new(string.Empty, string.Empty), builder => builder.AddStoredSigningKeys()));
        await using var world = console.World;
        (await console.PostAsync("/keys", new() { ["alg"] = "ES256" })).Expect(201);
        var kid = await SigningAsync(console);
        var path = "/clients/" + ClientId;
        var asks = new RegistrationCase(string.Empty, string.Empty)
        {
            Client = json =>
            {
                json["id_token_signed_response_alg"] = "ES384";
                json["backchannel_authentication_request_signing_alg"] = "ES256";
            },
        };
        (await console.PutAsync(path, asks.Registration(withSecret: false), match: 0)).Expect(201);
        Assert.Empty((await console.GetAsync(path)).Json["problems"]!.AsArray());
        await world.PutAccountAsync("synthetic-account-a");
        var phone = new Phone(world, "synthetic-account-a");
        Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);
        var ehr = new Ehr(world, ClientId, Key, "ES256", basic: false);
        var asked = (await ehr.AuthorizeAsync(claims => claims["scope"] = "openid " + OpWorld.Basic)).Expect(200);
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id, [OpWorld.Basic])).UafStatus);

        // Its algorithm goes. What was granted stays, and is fetched when there is a key again.
        (await console.PostAsync($"/keys/{kid}/retirement")).Expect(200);
        var refused = await ehr.PollAsync(asked["auth_req_id"]);
        Assert.Equal((503, "temporarily_unavailable", OAuthServerErrorCodes.SigningKeyMissing), (refused.Status, refused.Error, refused.Code));
        Assert.Equal(ProviderErrorCodes.ClientSigningKeyMissing, (string?)(await console.GetAsync(path)).Json["problems"]![0]!["code"]);
        (await console.PostAsync(path + "/suspension")).Expect(200);
        var resumed = await console.PostAsync(path + "/resumption");
        Assert.Equal((400, ProviderErrorCodes.ClientSigningKeyMissing), (resumed.Status, resumed.Code));

        await SigningAsync(console);
        (await console.PostAsync(path + "/resumption")).Expect(200);
    }

    private static async Task<string> SigningAsync(AdminConsole console)
    {
        var made = (await console.PostAsync("/keys", new() { ["alg"] = "ES384" })).Expect(201);
        console.World.Time.SetUtcNow((DateTimeOffset)made.Json["ready_at"]!);
        (await console.PostAsync($"/keys/{made["kid"]}/promotion")).Expect(200);
        return made["kid"];
    }
}
