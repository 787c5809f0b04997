using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests.Administration;

/// <summary>Clients of <c>client_secret_jwt</c> that operators registered: the one method whose secret is kept, and not as a digest.</summary>
public sealed class RegisteredHmacClientTests
{
    private const string Id = "ehr-hmac";
    private const string Path = "/clients/" + Id;

    [Fact]
    public async Task Secret_OfARegisteredClient_AuthenticatesOnEveryNodeAndIsNowhereInTheClear()
    {
        using var console = new AdminConsole();
        await using var world = await OpWorld.StartAsync(console.Settings(new() { Sqlite = true }));
        console.Watch(world);
        var secret = (await console.PutAsync(Path, Registration(), match: 0)).Expect(201)["client_secret"];
        var other = await world.AddInstanceAsync();

        Assert.Equal("invalid_request", await ErrorAsync(world, secret));
        Assert.Equal("invalid_request", await ErrorAsync(world, secret, other));
        Assert.Equal("invalid_request", await ErrorAsync(world, secret, algorithm: HmacAlgorithm.HS512));
        Assert.Equal("invalid_client", await ErrorAsync(world, new string('x', 64)));
        Assert.Equal("invalid_client", (await AdministrationClientTests.BasicAsync(world, Id, secret)).Error);

        // An assertion is good once, on whichever node.
        var assertion = await AssertionAsync(world, secret);
        Assert.Equal("invalid_request", (await world.SendFormAsync("/token", assertion)).Error);
        Assert.Equal("invalid_client", (await world.SendFormAsync("/token", assertion, http: other)).Error);

        Assert.DoesNotContain(secret, (await console.GetAsync(Path)).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal(1, (int)(await console.GetAsync(Path)).Json["secrets"]!);
        Assert.DoesNotContain(secret, world.Said, StringComparison.Ordinal);
        Assert.DoesNotContain(await console.TrailAsync(), line => line.ToString().Contains(secret, StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(world.DatabaseFolder))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
            Assert.True(content.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, file);
        }
    }

    [Fact]
    public async Task Secret_Rotated_TheOldOneIsWorthNothing()
    {
        using var console = await AdminConsole.StartAsync();
        await using var world = console.World;
        var first = (await console.PutAsync(Path, Registration(), match: 0)).Expect(201)["client_secret"];

        // A key that is computed with is one: there is no overlap.
        Assert.Equal((400, ProviderErrorCodes.ClientRefused), Is(await console.PostAsync(Path + "/secret", new() { ["overlap_seconds"] = 60 }, match: 1)));
        Assert.Equal("invalid_request", await ErrorAsync(world, first));
        var second = (await console.PostAsync(Path + "/secret", match: 1)).Expect(200)["client_secret"];
        Assert.Equal("invalid_client", await ErrorAsync(world, first));
        Assert.Equal("invalid_request", await ErrorAsync(world, second));

        (await console.PostAsync(Path + "/suspension")).Expect(200);
        Assert.Equal("invalid_client", await ErrorAsync(world, second));
        (await console.PostAsync(Path + "/resumption")).Expect(200);
        Assert.Equal("invalid_request", await ErrorAsync(world, second));
        Assert.Equal(204, (await console.DeleteAsync(Path, 4)).Status);
        Assert.Equal("invalid_client", await ErrorAsync(world, second));
        var back = (await console.PutAsync(Path, Registration(), match: 5)).Expect(200)["client_secret"];
        Assert.Equal("invalid_client", await ErrorAsync(world, second));
        Assert.Equal("invalid_request", await ErrorAsync(world, back));
    }

    [Fact]
    public async Task Method_Changed_BringsASecretOfItsOwnAndForgetsTheOther()
    {
        using var console = await AdminConsole.StartAsync();
        await using var world = console.World;
        var first = (await console.PutAsync(Path, Registration(), match: 0)).Expect(201)["client_secret"];
        var second = (await console.PutAsync(Path, Registration("client_secret_basic"), match: 1)).Expect(200)["client_secret"];
        Assert.Equal("invalid_client", (await AdministrationClientTests.BasicAsync(world, Id, first)).Error);
        Assert.Equal("invalid_request", (await AdministrationClientTests.BasicAsync(world, Id, second)).Error);
        Assert.Equal("invalid_client", await ErrorAsync(world, first));
        var third = (await console.PutAsync(Path, Registration(), match: 2)).Expect(200)["client_secret"];
        Assert.Equal("invalid_client", await ErrorAsync(world, second));
        Assert.Equal("invalid_request", await ErrorAsync(world, third));
    }

    private static JsonObject Registration(string method = "client_secret_jwt") => AdministrationClientTests.Registration(change: json => json["token_endpoint_auth_method"] = method);

    private static (int Status, string? Code) Is(AdminAnswer answer) => (answer.Status, answer.Code);

    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> AssertionAsync(OpWorld world, string secret, HmacAlgorithm? algorithm = null)
    {
        var request = new ClientRequest(world.Issuer + "/token", world.Issuer).Add("scope", "openid");
        await new ClientSecretJwtCredential(Id, secret, algorithm, world.Time).AuthenticateAsync(request);
        return [.. request.Parameters];
    }

    private static async Task<string?> ErrorAsync(OpWorld world, string secret, HttpClient? http = null, HmacAlgorithm? algorithm = null) =>
        (await world.SendFormAsync("/token", await AssertionAsync(world, secret, algorithm), http: http)).Error;
}
