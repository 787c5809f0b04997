using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider.Tests.Administration;

/// <summary>Signing keys that stand in the settings, over HTTP and on two nodes.</summary>
public sealed class StoredKeyTests
{
    [Fact]
    public async Task Rotation_TwoNodesOverOneDatabase_EveryTokenVerifiesByEveryKeySet()
    {
        using var console = new AdminConsole();
        await using var world = await OpWorld.StartAsync(console.Settings(new() { Sqlite = true }, more: builder => builder.AddStoredSigningKeys(keys => keys.Age = TimeSpan.FromHours(2))));
        console.Watch(world);
        await world.PutAccountAsync("synthetic-account-a");
        var phone = new Phone(world, "synthetic-account-a");
        Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);
        var other = await world.AddInstanceAsync();

        var signers = new HashSet<string>(StringComparer.Ordinal);
        for (var step = 0; step < 14; step++)
        {
            foreach (var node in (HttpClient[])[world.Http, other])
            {
                var asked = (await world.Ehr.AuthorizeAsync(http: node)).Expect(200);
                Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id, [OpWorld.Basic])).UafStatus);
                var tokens = (await world.Ehr.PollAsync(asked["auth_req_id"], node)).Expect(200);
                signers.Add((string)Jwt.Header(tokens["access_token"])["kid"]!);
                foreach (var reader in (HttpClient[])[world.Http, other])
                {
                    var set = (await world.SendAsync(HttpMethod.Get, "/jwks", null, http: reader)).Expect(200).Json;
                    Assert.True(Jwt.VerifiesBy(tokens["access_token"], set));
                    Assert.True(Jwt.VerifiesBy(tokens["id_token"], set));
                }
            }

            // The rotators of both nodes wake inside.
            world.Time.Advance(TimeSpan.FromMinutes(29));
        }

        Assert.True(signers.Count >= 3, $"{signers.Count} keys signed");
    }

    [Fact]
    public async Task Keys_ByHand_PublishedBeforeTheySignAndNeverShown()
    {
        using var console = await AdminConsole.StartAsync(more: builder => builder.AddStoredSigningKeys());
        await using var world = console.World;

        var first = (await console.PostAsync("/keys", new() { ["alg"] = "ES256" })).Expect(201);
        Assert.Equal("current", first["state"]);
        var next = (await console.PostAsync("/keys", new() { ["alg"] = "ES256" })).Expect(201);
        Assert.Equal("next", next["state"]);
        var early = await console.PostAsync($"/keys/{next["kid"]}/promotion");
        Assert.Equal((409, ProviderErrorCodes.KeyNotReady), (early.Status, early.Code));
        Assert.Contains(next["kid"], (await world.GetAsync("/jwks")).Text, StringComparison.Ordinal);
        world.Time.SetUtcNow((DateTimeOffset)next.Json["ready_at"]!);
        Assert.Equal("current", (await console.PostAsync($"/keys/{next["kid"]}/promotion")).Expect(200)["state"]);
        Assert.Equal("current", (await console.PostAsync($"/keys/{next["kid"]}/promotion")).Expect(200)["state"]);

        using var imported = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var pkcs8 = StrictBase64Url.Encode(imported.ExportPkcs8());
        var answer = (await console.PostAsync("/keys", new() { ["alg"] = "ES256", ["pkcs8"] = pkcs8 })).Expect(201);
        Assert.Equal(("imported", imported.KeyId), (answer["origin"], answer["kid"]));
        Assert.DoesNotContain("pkcs8", (await console.GetAsync("/keys")).Text, StringComparison.Ordinal);
        Assert.Equal((400, ProviderErrorCodes.KeyRefused), Is(await console.PostAsync("/keys", new() { ["alg"] = "PS256", ["pkcs8"] = pkcs8 })));
        Assert.Equal(ProviderErrorCodes.KeyRefused, (await console.PostAsync("/keys", new() { ["alg"] = "Ed25519" })).Code);
        Assert.Equal(400, (await console.PostAsync("/keys", new() { ["alg"] = "none" })).Status);

        Assert.Equal((409, ProviderErrorCodes.KeyWithoutSuccessor), Is(await console.PostAsync($"/keys/{next["kid"]}/retirement")));
        Assert.Equal("revoked", (await console.PostAsync($"/keys/{first["kid"]}/revocation")).Expect(200)["state"]);
        Assert.DoesNotContain(first["kid"], (await world.GetAsync("/jwks")).Text, StringComparison.Ordinal);
        Assert.Equal((409, ProviderErrorCodes.KeyState), Is(await console.PostAsync($"/keys/{first["kid"]}/promotion")));
        Assert.Equal((404, ProviderErrorCodes.AdministrationUnknown), Is(await console.PostAsync("/keys/unknown/promotion")));
        Assert.Equal((412, ProviderErrorCodes.AdministrationConflict), Is(await console.PostAsync("/keys", new() { ["alg"] = "ES256" }, match: 1)));
        Assert.Equal(
            ["key-generated", "key-generated", "key-promoted", "key-imported", "key-revoked"],
            (await console.TrailAsync()).Where(line => line.Event == AuditEventKind.KeyChanged).Select(line => line.Reason));
    }

    [Fact]
    public async Task Keys_InTheConfiguration_AreNotChangedHere()
    {
        using var console = await AdminConsole.StartAsync();
        await using var world = console.World;

        Assert.Equal((409, ProviderErrorCodes.AdministrationConfigured), Is(await console.GetAsync("/keys")));
        Assert.Equal(ProviderErrorCodes.AdministrationConfigured, (await console.PostAsync("/keys", new() { ["alg"] = "ES256" })).Code);
    }

    [Fact]
    public async Task Start_ClientsThatAskForAnAlgorithmAndNoKeyYet_Starts()
    {
        using var console = await AdminConsole.StartAsync(new() { Client = static json => json["id_token_signed_response_alg"] = "ES256" }, more: builder => builder.AddStoredSigningKeys());
        await using var world = console.World;
        Assert.Equal("current", (await console.PostAsync("/keys", new() { ["alg"] = "ES256" })).Expect(201)["state"]);
    }

    [Fact]
    public async Task Start_RotationThatCannotWork_IsRefusedByName()
    {
        var wrong = await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(new() { More = builder => builder.AddStoredSigningKeys(keys => keys.Age = TimeSpan.FromSeconds(1)) }));

        Assert.Contains("Age", wrong.Message, StringComparison.Ordinal);
    }

    private static (int Status, string? Code) Is(AdminAnswer answer) => (answer.Status, answer.Code);
}
