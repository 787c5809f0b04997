using System.Net.Sockets;
using System.Text;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Bodies, methods and headers that no peer of good will sends. Never a 5xx, never half a success.</summary>
public class HostileInputTests
{
    private static readonly string[] Forms = ["/bc-authorize", "/token", "/introspect", "/revoke"];

    [Fact]
    public async Task WrongMethods_AreRefusedWithTheRightOneNamed()
    {
        await using var world = await OpWorld.StartAsync();

        foreach (var path in Forms.Concat(["/uaf/request", "/uaf/response", "/device/requests/x/choice", "/device/requests/x/denial", "/device/consents/x/withdrawal"]))
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch, HttpMethod.Options, HttpMethod.Head })
            {
                Assert.Equal((method, path, 405), (method, path, (await world.SendAsync(method, path + "?grant_type=" + Ehr.CibaGrant, null)).Status));
            }
        }

        foreach (var path in (string[])["/jwks", "/.well-known/openid-configuration", "/uaf/facets", "/device/consents", "/device/requests/x"])
        {
            Assert.Equal((path, 405), (path, (await world.SendAsync(HttpMethod.Post, path, null)).Status));
        }
    }

    [Fact]
    public async Task Forms_TooLongByOneByte_AreNotRead()
    {
        await using var world = await OpWorld.StartAsync();

        foreach (var path in Forms)
        {
            var longest = "token=" + new string('a', OAuthForm.MaxBytes - 6);
            Assert.Equal(401, (await PostAsync(world, path, longest)).Status);
            var answer = await PostAsync(world, path, longest + "a");
            Assert.Equal((413, "invalid_request", OAuthServerErrorCodes.FormMalformed, "no-store"), (answer.Status, answer.Error, answer.Code, answer.CacheControl));
        }
    }

    [Fact]
    public async Task PhoneMessages_TooLongOrTooDeep_AreMalformed()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        (await world.Ehr.AuthorizeAsync()).Expect(200);
        var request = world.Announced.Last().Id;
        var token = Phone.Token(await phone.OpenAsync(request));
        var deep = new string('[', 5000) + new string(']', 5000);

        foreach (var path in (string[])["/uaf/request", "/uaf/response"])
        {
            var answer = await world.PostJsonAsync(path, "{\"op\":\"Auth\",\"context\":\"" + new string('a', 128 * 1024) + "\"}", mediaType: Phone.UafMediaType);
            Assert.Equal((200, 1400, ProviderErrorCodes.DeviceMessageMalformed), (answer.Status, answer.UafStatus, answer.Code));
            Assert.Equal((200, 1400), Uaf(await world.PostJsonAsync(path, deep, mediaType: Phone.UafMediaType)));
            Assert.Equal((200, 1400), Uaf(await world.PostJsonAsync(path, "{\"op\":\"Auth\",\"context\":" + System.Text.Json.JsonSerializer.Serialize(deep) + "}", mediaType: Phone.UafMediaType)));
            Assert.Equal((200, 1400), Uaf(await world.PostJsonAsync(path, string.Empty, mediaType: Phone.UafMediaType)));
        }

        foreach (var path in (string[])[$"/device/requests/{request}/choice", $"/device/requests/{request}/denial", "/device/consents/x/withdrawal"])
        {
            foreach (var body in (string[])["{\"confirmed\":true,\"granted\":[\"" + new string('a', 64 * 1024) + "\"]}", deep, "{\"confirmed\":" + deep + "}"])
            {
                var answer = await world.PostJsonAsync(path, body, token);
                Assert.Equal((400, ProviderErrorCodes.DeviceMessageMalformed), (answer.Status, answer.Code));
            }
        }

        var many = "{\"confirmed\":true,\"granted\":[" + string.Join(',', Enumerable.Repeat("\"a\"", 257)) + "]}";
        Assert.Equal(ProviderErrorCodes.DeviceMessageMalformed, (await world.PostJsonAsync($"/device/requests/{request}/choice", many, token)).Code);
        Assert.Equal(200, (await phone.NoticeAsync(request, token)).Status);

        static (int, int) Uaf(WireAnswer answer) => (answer.Status, answer.UafStatus);
    }

    [Theory]
    [InlineData("grant_type=a&grant_type=a", OAuthServerErrorCodes.ParameterRepeated)]
    [InlineData("grant_type=a&grant_type=", OAuthServerErrorCodes.ParameterRepeated)]
    [InlineData("grant%5Ftype=a&grant_type=a", OAuthServerErrorCodes.ParameterRepeated)]
    [InlineData("a=%ff", OAuthServerErrorCodes.FormMalformed)]
    [InlineData("a=%", OAuthServerErrorCodes.FormMalformed)]
    [InlineData("a=\u0000", OAuthServerErrorCodes.FormMalformed)]
    public async Task Forms_ReadInTwoWays_AreRefused(string body, string code)
    {
        await using var world = await OpWorld.StartAsync();

        foreach (var path in Forms)
        {
            var answer = await PostAsync(world, path, body);
            Assert.Equal((400, "invalid_request", code, "no-store"), (answer.Status, answer.Error, answer.Code, answer.CacheControl));
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-16")]
    [InlineData("nonsense")]
    public async Task Forms_OfAnotherMediaType_AreNotRead(string mediaType)
    {
        await using var world = await OpWorld.StartAsync();

        foreach (var path in Forms)
        {
            var answer = await PostAsync(world, path, "grant_type=a", mediaType);
            Assert.Equal((400, OAuthServerErrorCodes.FormMalformed), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task Forms_WithoutClientAuthentication_AreChallenged()
    {
        await using var world = await OpWorld.StartAsync();

        foreach (var path in Forms)
        {
            var answer = await PostAsync(world, path, "token=a");
            Assert.Equal((401, "invalid_client", OAuthServerErrorCodes.ClientAuthenticationMissing), (answer.Status, answer.Error, answer.Code));
            Assert.StartsWith("Basic realm=", answer.Challenge, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Token_CredentialTwiceOrReplayed_IsRefused()
    {
        await using var world = await OpWorld.StartAsync();
        var basic = Ehr.BasicHeader(world.BasicEhr.ClientId, OpWorld.Secret).ToString();
        KeyValuePair<string, string>[] form = [new("grant_type", Ehr.CibaGrant), new("auth_req_id", "x")];
        var assertion = world.Ehr.Assertion();

        Assert.Equal("ciba.auth_req_id_unknown", (await world.SendFormAsync("/token", [.. form, .. assertion])).Code);
        Assert.Equal((401, OAuthServerErrorCodes.ClientAssertionReplayed), Said(await world.SendFormAsync("/token", [.. form, .. assertion])));
        Assert.Equal(
            (401, OAuthServerErrorCodes.ClientAuthenticationFailed),
            Said(await world.SendFormAsync("/token", form, request => request.Headers.TryAddWithoutValidation("Authorization", [basic, basic]))));
        Assert.StartsWith("HTTP/1.1 400", await RawAsync(
            world, $"POST /token HTTP/1.1\r\nHost: op\r\nAuthorization: {basic}\r\nAuthorization: {basic}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal(
            (400, OAuthServerErrorCodes.ClientAuthenticationMultiple),
            Said(await world.SendFormAsync("/token", [.. form, .. world.Ehr.Assertion()], request => request.Headers.TryAddWithoutValidation("Authorization", basic))));
        Assert.Equal(OAuthServerErrorCodes.GrantTypeUnsupported, (await world.Ehr.FormAsync("/token", [new("grant_type", "authorization_code")])).Code);
        Assert.Equal(OAuthServerErrorCodes.ParameterMissing, (await world.Ehr.FormAsync("/token", [])).Code);

        // A resource server's credential opens no token, and an EHR's no introspection.
        Assert.Equal(
            OAuthServerErrorCodes.GrantTypeNotRegistered,
            (await world.SendFormAsync("/token", form, request => request.Headers.Authorization = Ehr.BasicHeader("health-record-api", OpWorld.Secret))).Code);
        Assert.Equal(OAuthServerErrorCodes.IntrospectionNotPermitted, (await world.IntrospectAsync("x", client: "ehr-clinic-c")).Code);

        static (int, string?) Said(WireAnswer answer) => (answer.Status, answer.Code);
    }

    [Theory]
    [InlineData("POST /token HTTP/1.1\r\nHost: op\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", "400")]
    [InlineData("POST /uaf/request HTTP/1.1\r\nHost: op\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcdefghij\r\n0\r\n\r\n", "200")]
    [InlineData("POST /token HTTP/1.1\r\nHost: op\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", "400")]
    [InlineData("POST /token HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "400")]
    [InlineData("GET /device/requests/%00 HTTP/1.1\r\nHost: op\r\n\r\n", "400")]
    [InlineData("GET /device/requests/%ff%fe HTTP/1.1\r\nHost: op\r\n\r\n", "401")]
    [InlineData("GET /device/requests/..%2f..%2fjwks HTTP/1.1\r\nHost: op\r\n\r\n", "401")]
    public async Task Raw_BrokenHttp_IsRefusedByTheServerAndNotByACrash(string bytes, string status)
    {
        await using var world = await OpWorld.StartAsync();

        Assert.StartsWith("HTTP/1.1 " + status, await RawAsync(world, bytes), StringComparison.Ordinal);
        Assert.DoesNotContain(world.Log.Lines, line => line.Contains("Unhandled", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Body_BrokenOff_CrashesNothing()
    {
        await using var world = await OpWorld.StartAsync();
        foreach (var path in Forms.Concat(["/uaf/request", "/uaf/response", "/device/requests/x/choice"]))
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", world.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
            await socket.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: op\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ngrant"), TestContext.Current.CancellationToken);
        }

        Assert.Equal(200, (await world.GetAsync("/jwks")).Status);
        await world.StopAsync();
        Assert.DoesNotContain(world.Log.Lines, line => line.Contains("Unhandled", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<string?> RawAsync(OpWorld world, string bytes)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", world.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(bytes), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken);
    }

    private static Task<WireAnswer> PostAsync(OpWorld world, string path, string body, string mediaType = "application/x-www-form-urlencoded") =>
        world.SendAsync(HttpMethod.Post, path, OpWorld.Content(Encoding.UTF8.GetBytes(body), mediaType));
}
