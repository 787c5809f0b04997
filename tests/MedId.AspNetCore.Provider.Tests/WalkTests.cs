using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>The walk over real HTTP, every answer looked at.</summary>
public class WalkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Walk_EnrolAskOpenChooseSignPollReadWithdraw_GivesWhatTheContractSays(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite });
        await using var _ = world;

        // Step 2.
        var asked = (await world.Ehr.AuthorizeAsync()).Expect(200);
        NoStoreJson(asked);
        Assert.Equal(["auth_req_id", "expires_in", "interval"], Names(asked.Json));
        Assert.Equal(120, (int)asked.Json["expires_in"]!);
        Assert.Equal(5, (int)asked.Json["interval"]!);
        var authReqId = asked["auth_req_id"];

        // Step 3: an opaque id of 32 bytes, which is not the auth_req_id, to the enrolled address.
        var (address, requestId) = Assert.Single(world.Announced);
        Assert.Equal(phone.PushAddress, address);
        Assert.Equal(32, System.Buffers.Text.Base64Url.DecodeFromChars(requestId).Length);
        Assert.NotEqual(authReqId, requestId);
        Pending(await world.Ehr.PollAsync(authReqId), "authorization_pending", "ciba.pending");

        // Step 4.
        var opened = await phone.OpenAsync(requestId);
        Assert.Equal("application/fido+uaf; charset=utf-8", opened.MediaType);
        Assert.Equal("no-store", opened.CacheControl);
        var deviceToken = Phone.Token(opened);
        var read = (await phone.NoticeAsync(requestId, deviceToken)).Expect(200);
        NoStoreJson(read);
        var notice = read.Json["notice"]!;
        Assert.Equal(Canonical.Sha256(Canonical.Of(notice)), read["notice_digest"]);
        Assert.Equal("架空クリニックの電子カルテ", (string?)notice["recipient"]!["name"]);
        Assert.Equal("架空 𠮷野 医師", (string?)notice["practitioner"]!["name"]);
        Assert.Equal("2026-11-21T09:12:00Z", (string?)notice["access_until"]);
        Assert.Equal([OpWorld.Basic, OpWorld.Medication], notice["categories"]!.AsArray().Select(one => (string?)one!["scope"]));
        var chosen = (await phone.ChooseAsync(requestId, deviceToken, OpWorld.Medication, OpWorld.Basic)).Expect(200);
        NoStoreJson(chosen);
        Assert.Equal("""{"button":"agree","confirmed":true,"granted":["patient/Patient.read","patient/MedicationRequest.read"],"refused":[]}""", chosen["choice"]);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        Pending(await world.Ehr.PollAsync(authReqId), "authorization_pending", "ciba.pending");
        var signed = await phone.SignAsync(chosen, notice);
        Assert.Equal("""{"statusCode":1200}""", signed.Text);

        // Step 5.
        var tokens = (await world.Ehr.PollAsync(authReqId)).Expect(200);
        NoStoreJson(tokens);
        SameNames(["access_token", "token_type", "expires_in", "scope", "id_token", "patient"], tokens.Json);
        Assert.Equal("Bearer", tokens["token_type"]);
        Assert.Equal("synthetic-patient", tokens["patient"]);
        Assert.Equal($"openid {OpWorld.Basic} {OpWorld.Medication}", tokens["scope"]);
        var jwks = (await world.GetAsync("/jwks")).Json;
        var consent = await CheckAccessTokenAsync(world, tokens, jwks);
        CheckIdToken(world, tokens, jwks, authReqId, consent);
        Pending(await world.Ehr.PollAsync(authReqId), "invalid_grant", "ciba.auth_req_id_used");

        // Steps 7 and 8.
        await CheckIntrospectionAsync(world, tokens, jwks, consent);

        // After.
        var token = Phone.Token(await phone.SignInAsync());
        var history = (await phone.ConsentsAsync(token)).Expect(200);
        NoStoreJson(history);
        var entry = Assert.Single(history.Json["consents"]!.AsArray())!;
        Assert.Equal((consent, "given"), ((string?)entry["id"], (string?)entry["status"]));
        Assert.Equal("2026-11-21T09:00:05Z", (string?)entry["given_at"]);
        var withdrawn = await phone.WithdrawAsync(consent, token);
        Assert.Equal((204, "no-store", 0), (withdrawn.Status, withdrawn.CacheControl, withdrawn.Body.Length));
        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"])).Text);
        entry = (await phone.ConsentsAsync(token)).Json["consents"]![0]!;
        Assert.Equal("withdrawn", (string?)entry["status"]);
        Assert.Equal("2026-11-21T09:00:05Z", (string?)entry["withdrawn_at"]);
        Assert.Equal(["given", "token-issued", "read", "withdrawn"], entry["events"]!.AsArray().Select(line => (string?)line!["event"]));
    }

    private static async Task<string> CheckAccessTokenAsync(OpWorld world, WireAnswer tokens, JsonNode jwks)
    {
        var token = tokens["access_token"];
        var header = Jwt.Header(token);
        Assert.Equal(("at+jwt", "ES256"), ((string?)header["typ"], (string?)header["alg"]));
        Assert.True(Jwt.VerifiesBy(token, jwks));
        var claims = Jwt.Claims(token);
        var now = world.Time.GetUtcNow().ToUnixTimeSeconds();
        SameNames(["iss", "aud", "sub", "client_id", "azp", "iat", "exp", "jti", "scope", "auth_time", "acr", "amr", "patient", "consent_id", "act"], claims);
        Assert.Equal(world.Issuer, (string?)claims["iss"]);
        Assert.Equal(OpWorld.Resource, (string?)claims["aud"]);
        Assert.Equal("synthetic-account-a", (string?)claims["sub"]);
        Assert.Equal("ehr-clinic-a", (string?)claims["client_id"]);
        Assert.Equal("ehr-clinic-a", (string?)claims["azp"]);
        Assert.Equal(now, (long)claims["iat"]!);
        Assert.Equal(now, (long)claims["auth_time"]!);
        Assert.Equal((long)tokens.Json["expires_in"]!, (long)claims["exp"]! - now);
        Assert.Equal(OpWorld.Trial, (string?)claims["acr"]);
        Assert.NotEmpty(claims["amr"]!.AsArray());
        Assert.Equal(tokens["scope"], (string?)claims["scope"]);
        Assert.Equal("synthetic-patient", (string?)claims["patient"]);
        Assert.Equal(DoctorOp.Issuer, (string?)claims["act"]!["iss"]);
        Assert.Equal("synthetic-doctor", (string?)claims["act"]!["sub"]);
        Assert.Equal("架空 𠮷野 医師", (string?)claims["act"]!["extensions"]!["ihe_iua"]!["subject_name"]);
        var consent = (string)claims["consent_id"]!;
        Assert.Equal(consent, (await world.Store.FindConsentAsync(Core.TenantId.Single, consent))!.Id);
        return consent;
    }

    private static void CheckIdToken(OpWorld world, WireAnswer tokens, JsonNode jwks, string authReqId, string consent)
    {
        var token = tokens["id_token"];
        Assert.True(Jwt.VerifiesBy(token, jwks));
        var claims = Jwt.Claims(token);
        SameNames(["iss", "sub", "aud", "azp", "iat", "exp", "auth_time", "acr", "amr", "at_hash", "urn:openid:params:jwt:claim:auth_req_id", "consent_id"], claims);
        Assert.Equal(world.Issuer, (string?)claims["iss"]);
        Assert.Equal("ehr-clinic-a", (string?)claims["aud"]);
        Assert.Equal("synthetic-account-a", (string?)claims["sub"]);
        Assert.Equal(OpWorld.Trial, (string?)claims["acr"]);
        Assert.Equal(authReqId, (string?)claims["urn:openid:params:jwt:claim:auth_req_id"]);
        Assert.Equal(consent, (string?)claims["consent_id"]);
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(tokens["access_token"]));
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(hash.AsSpan(0, 16)), (string?)claims["at_hash"]);
    }

    private static async Task CheckIntrospectionAsync(OpWorld world, WireAnswer tokens, JsonNode jwks, string consent)
    {
        var answer = (await world.IntrospectAsync(tokens["access_token"])).Expect(200);
        NoStoreJson(answer);
        SameNames(["active", "iss", "sub", "aud", "client_id", "scope", "token_type", "iat", "exp", "jti", "acr", "amr", "auth_time", "patient", "consent_id", "act"], answer.Json);
        Assert.True((bool)answer.Json["active"]!);
        Assert.Equal(consent, answer["consent_id"]);
        var jwt = (await world.IntrospectAsync(tokens["access_token"], signed: true)).Expect(200);
        Assert.Equal(("application/token-introspection+jwt", "no-store"), (jwt.MediaType, jwt.CacheControl));
        Assert.True(Jwt.VerifiesBy(jwt.Text, jwks));
        Assert.Equal("token-introspection+jwt", (string?)Jwt.Header(jwt.Text)["typ"]);
        var claims = Jwt.Claims(jwt.Text);
        Assert.Equal((world.Issuer, "health-record-api"), ((string?)claims["iss"], (string?)claims["aud"]));
        Assert.Equal(world.Time.GetUtcNow().ToUnixTimeSeconds(), (long)claims["iat"]!);
        Assert.True(JsonNode.DeepEquals(answer.Json, claims["token_introspection"]));

        // For everybody else the token is nothing.
        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["access_token"], client: "other-api")).Text);
        Assert.Equal("""{"active":false}""", (await world.IntrospectAsync(tokens["id_token"])).Text);
    }

    private static string[] Names(JsonNode json) => [.. json.AsObject().Select(member => member.Key)];

    private static void SameNames(string[] names, JsonNode json) => Assert.Equal(names.Order(StringComparer.Ordinal), Names(json).Order(StringComparer.Ordinal));

    private static void NoStoreJson(WireAnswer answer) => Assert.Equal(("application/json", "no-store"), (answer.MediaType, answer.CacheControl));

    private static void Pending(WireAnswer answer, string error, string code)
    {
        Assert.Equal((400, error, code), (answer.Status, answer.Error, answer.Code));
        NoStoreJson(answer);
    }
}
