using System.Net;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Samples.DoctorEhr;

namespace SampleHosts.Tests;

public class DoctorEhrTests
{
    [Fact]
    public async Task Access_EverythingRight_ShowsTheRecord()
    {
        await using var f = await EhrFixture.StartAsync();
        var access = await f.AccessAsync();
        Assert.Equal("done", (string?)access["state"]);
        Assert.Equal("urn:cibatest:auth:fido", (string?)access["acr"]);
        Assert.Equal(EhrFixture.FamilyName, (string?)access["record"]![0]!["resources"]![0]!["name"]![0]!["family"]);
        Assert.Equal("m1", (string?)access["record"]![1]!["resources"]![0]!["id"]);
        var claims = f.Op.Double.To("/bc-authorize")[0].ClaimsOf("request");
        Assert.Equal(EhrFixture.Hint, (string?)claims["login_hint"]);
        Assert.Equal(EhrFixture.UserCode, (string?)claims["user_code"]);
        Assert.Equal(f.Api.Url + "/fhir", (string?)claims["resource"]);
        Assert.Equal(f.DoctorOp.Double.Requests.Count(request => request.Path == "/token"), f.Op.Double.To("/bc-authorize").Count);
        var exchange = f.DoctorOp.Double.To("/token")[0];
        Assert.Equal(GrantTypes.TokenExchange, exchange.Form["grant_type"]);
        Assert.Equal(f.Op.Url, exchange.Form["audience"]);
        Assert.Equal(EhrFixture.Session, exchange.Form["subject_token"]);
        Assert.All(f.Api.Double.Requests, request => Assert.Equal("Bearer " + EhrFixture.AccessToken, request.Authorization));
    }

    [Fact]
    public async Task Access_EverythingRight_LeavesNothingPersonalInLogOrTelemetry()
    {
        await using var f = await EhrFixture.StartAsync();
        var access = await f.AccessAsync();
        await f.PostAsync($"/accesses/{access["access"]}/read");
        f.Medication["subject"]!["reference"] = "Patient/somebody-else";
        await f.PostAsync($"/accesses/{access["access"]}/read");
        await f.StopEhrAsync();
        var log = await File.ReadAllTextAsync(f.File("log"));
        var telemetry = await File.ReadAllTextAsync(f.File("telemetry"));
        Assert.Contains("Request finished", log, StringComparison.Ordinal);
        Assert.Contains("ciba poll", telemetry, StringComparison.Ordinal);
        Assert.All(EhrFixture.Marked, marked =>
        {
            Assert.DoesNotContain(marked, log, StringComparison.Ordinal);
            Assert.DoesNotContain(marked, telemetry, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Access_ResourceOfAnotherPatient_IsNotShown()
    {
        await using var f = await EhrFixture.StartAsync();
        f.Medication["subject"]!["reference"] = "Patient/patient-0002";
        var access = await f.AccessAsync();
        Assert.Equal(EhrErrorCodes.ForeignRecord, (string?)access["record"]![1]!["code"]);
        Assert.Empty(access["record"]![1]!["resources"]!.AsArray());
        Assert.True((bool)access["record"]![0]!["ok"]!);
    }

    [Fact]
    public async Task Access_PatientOfAnotherId_IsNotShown()
    {
        await using var f = await EhrFixture.StartAsync();
        f.Patient["id"] = "patient-0002";
        Assert.Equal(EhrErrorCodes.ForeignRecord, (string?)(await f.AccessAsync())["record"]![0]!["code"]);
    }

    [Theory]
    [InlineData("resourceType", "Observation")]
    [InlineData("resourceType", null)]
    public async Task Access_ResourceOfAnotherType_IsNotShown(string member, string? value)
    {
        await using var f = await EhrFixture.StartAsync();
        f.Medication[member] = value;
        Assert.Equal(EhrErrorCodes.ResponseMalformed, (string?)(await f.AccessAsync())["record"]![1]!["code"]);
    }

    [Fact]
    public async Task Access_NextPageElsewhere_IsNotFollowed()
    {
        await using var f = await EhrFixture.StartAsync();
        var elsewhere = f.DoctorOp.Url + "/fhir/MedicationRequest";
        f.Api.Double.On("/fhir/MedicationRequest", _ => f.SearchSet(elsewhere));
        Assert.Equal(EhrErrorCodes.ResponseMalformed, (string?)(await f.AccessAsync())["record"]![1]!["code"]);
        Assert.Empty(f.DoctorOp.Double.To("/fhir/MedicationRequest"));
    }

    [Fact]
    public async Task Access_ApiRefuses_KeepsItsCodeAndIsRefusedWhenNothingCame()
    {
        await using var f = await EhrFixture.StartAsync();
        const string outcome = """{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"login","diagnostics":"resource_server.token_inactive"}]}""";
        f.Api.Double.On("/fhir/MedicationRequest", _ => OpDouble.Answer(HttpStatusCode.Unauthorized, "application/fhir+json", outcome));
        f.Api.Double.On("/fhir/Patient/" + EhrFixture.PatientId, _ => OpDouble.Answer(HttpStatusCode.Unauthorized, "application/fhir+json", outcome));
        var access = await f.AccessAsync();
        Assert.Equal("refused", (string?)access["state"]);
        Assert.Equal("resource_server.token_inactive", (string?)access["code"]);
    }

    [Theory]
    [InlineData("azp", "another-ehr", EhrErrorCodes.EvidenceNotOurs)]
    [InlineData("azp", null, CryptographyErrorCodes.JoseClaimMissing)]
    [InlineData("aud", "https://another-op.example", CryptographyErrorCodes.JoseAudienceMismatch)]
    [InlineData("iss", "https://another-doctor-op.example", CryptographyErrorCodes.JoseIssuerMismatch)]
    [InlineData("jti", null, CryptographyErrorCodes.JoseClaimMissing)]
    public async Task Access_EvidenceWithOneDefect_WakesNoPatient(string claim, string? value, string code)
    {
        await using var f = await EhrFixture.StartAsync();
        f.Evidence.Remove(claim);
        if (value is not null)
        {
            f.Evidence[claim] = value;
        }

        var access = await f.AccessAsync();
        Assert.Equal(code, (string?)access["code"]);
        Assert.Empty(f.Op.Double.To("/bc-authorize"));
    }

    [Fact]
    public async Task Access_WithoutEvidence_SendsNoneAndReportsTheOpsCode()
    {
        await using var f = await EhrFixture.StartAsync();
        f.Op.Double.On("/bc-authorize", request => request.ClaimsOf("request").ContainsKey("actor_token")
            ? OpDouble.Error("server_error")
            : OpDouble.Error("access_denied", HttpStatusCode.Forbidden, "provider.practitioner_evidence_missing"));
        Assert.Equal("provider.practitioner_evidence_missing", (string?)(await f.AccessAsync(", \"without_evidence\":true"))["code"]);
    }

    [Fact]
    public async Task Access_PatientSaysNo_IsRefused()
    {
        await using var f = await EhrFixture.StartAsync();
        f.Op.Double.On("/token", _ => OpDouble.Error("access_denied"));
        var access = await f.AccessAsync();
        Assert.Equal(OAuthErrorCodes.AccessDenied, (string?)access["code"]);
        Assert.Empty(f.Api.Double.Requests);
    }

    [Fact]
    public async Task Access_NoDoctorSignedIn_IsRefused()
    {
        await using var f = await EhrFixture.StartAsync();
        Assert.Equal(EhrErrorCodes.DoctorNotSignedIn, (string?)(await f.AccessAsync(signIn: false))["code"]);
    }

    [Fact]
    public async Task SignIn_WrongPassword_IsRefusedAndEndsTheSession()
    {
        await using var f = await EhrFixture.StartAsync();
        await f.SignInAsync();
        var refused = await f.PostAsync("/doctor/sign-in", """{"username":"x","password":"wrong"}""");
        Assert.Equal(401, (int?)refused["status"]);
        Assert.Equal(EhrErrorCodes.SignInRefused, (string?)refused["error"]);
        Assert.Equal(EhrErrorCodes.DoctorNotSignedIn, (string?)(await f.AccessAsync(signIn: false))["code"]);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"hint":{"kind":"login_hint","value":"x"},"scopes":[]}""")]
    [InlineData("""{"hint":{"kind":"login_hint","value":"x"},"scopes":["a b"]}""")]
    [InlineData("""{"hint":{"kind":"login_hint"},"scopes":["a"]}""")]
    [InlineData("""{"hint":{"kind":"phone","value":"x"},"scopes":["a"]}""")]
    [InlineData("""{"hint":"x","scopes":["a"]}""")]
    [InlineData("""{"hint":{"kind":"login_hint","value":"x"},"scopes":["a"],"requested_expiry":0}""")]
    public async Task Accesses_MessageOfWrongForm_IsRefused(string body)
    {
        await using var f = await EhrFixture.StartAsync();
        var refused = await f.PostAsync("/accesses", body);
        Assert.Equal(400, (int?)refused["status"]);
        Assert.Equal(EhrErrorCodes.RequestMalformed, (string?)refused["error"]);
    }

    [Fact]
    public async Task Access_WithoutConsentToProcess_IsRefusedBeforeAnythingLeaves()
    {
        await using var f = await EhrFixture.StartAsync(consented: false);
        await f.SignInAsync();
        var before = (f.Op.Double.Requests.Count, f.DoctorOp.Double.Requests.Count, f.Api.Double.Requests.Count);

        var access = await f.AccessAsync(signIn: false);

        Assert.Equal(("refused", "ciba_client.processing_consent_missing"), ((string?)access["state"], (string?)access["code"]));
        Assert.Equal(before, (f.Op.Double.Requests.Count, f.DoctorOp.Double.Requests.Count, f.Api.Double.Requests.Count));
        Assert.Equal(400, (int?)(await f.PostAsync("/processing-consents", """{"form":"paper","notice_version":"1"}"""))["status"]);
        Assert.Equal("ciba_client.processing_consent_missing", (string?)(await f.AccessAsync(signIn: false))["code"]);
        Assert.Equal(201, (int?)(await f.PostAsync("/processing-consents", EhrFixture.PaperForm))["status"]);
        Assert.Equal("done", (string?)(await f.AccessAsync(signIn: false))["state"]);
    }

    [Fact]
    public async Task ProcessingConsent_TakenBack_GivesTokensBackAndShowsNothing()
    {
        await using var f = await EhrFixture.StartAsync();
        f.Op.Double.On("/revoke", _ => OpDouble.Answer(System.Net.HttpStatusCode.OK, "application/json", ""));
        var access = await f.AccessAsync();
        Assert.Equal("done", (string?)access["state"]);

        Assert.Equal(1, (int?)(await f.PostAsync("/processing-consents/withdrawal"))["ended"]);

        Assert.Single(f.Op.Double.To("/revoke"));
        var after = await f.GetAsync("/accesses/" + (string?)access["access"]);
        Assert.Equal(("refused", "ciba_client.processing_consent_withdrawn", null, null), ((string?)after["state"], (string?)after["code"], after["record"], after["granted"]));
        Assert.Equal(409, (int?)(await f.PostAsync($"/accesses/{(string?)access["access"]}/read"))["status"]);
        Assert.Equal("ciba_client.processing_consent_withdrawn", (string?)(await f.AccessAsync(signIn: false))["code"]);
    }

    [Fact]
    public async Task Accesses_IdTokenHintBeforeAnyAccess_IsRefusedAndAfterwardsTakesTheLast()
    {
        await using var f = await EhrFixture.StartAsync();
        await f.SignInAsync();
        const string body = """{"hint":{"kind":"id_token_hint"},"scopes":["patient/Patient.read"]}""";
        var first = (string?)(await f.PostAsync("/accesses", body))["access"];
        await f.AccessAsync();
        Assert.Equal(EhrErrorCodes.IdTokenAbsent, (string?)(await f.GetAsync("/accesses/" + first))["code"]);
        await f.PostAsync("/accesses", body);
        for (var attempt = 0; attempt < 100 && f.Op.Double.To("/bc-authorize").Count < 2; attempt++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(3, ((string?)f.Op.Double.To("/bc-authorize")[1].ClaimsOf("request")["id_token_hint"])!.Split('.').Length);
    }

    [Fact]
    public async Task Read_OfAnotherPatient_AsksForThatOneAndShowsNothing()
    {
        await using var f = await EhrFixture.StartAsync();
        var access = await f.AccessAsync();
        f.Api.Double.On("/fhir/Patient/patient-0002", _ => OpDouble.Answer(HttpStatusCode.NotFound, "application/fhir+json", """{"resourceType":"OperationOutcome","issue":[{"diagnostics":"resource_server.resource_not_found"}]}"""));
        var again = await f.PostAsync($"/accesses/{access["access"]}/read", """{"patient":"patient-0002"}""");
        Assert.Equal("resource_server.resource_not_found", (string?)again["record"]![0]!["code"]);
        Assert.Equal(EhrErrorCodes.ForeignRecord, (string?)again["record"]![1]!["code"]);
        Assert.Single(f.Api.Double.To("/fhir/Patient/patient-0002"));
    }

    [Fact]
    public async Task Read_OfAnUnknownAccess_Is404()
    {
        await using var f = await EhrFixture.StartAsync();
        var refused = await f.PostAsync("/accesses/none/read");
        Assert.Equal(404, (int?)refused["status"]);
        Assert.Equal(EhrErrorCodes.AccessUnknown, (string?)refused["error"]);
    }

    [Theory]
    [InlineData("""{"resourceType":"Bundle","type":"searchset"}""", true)]
    [InlineData("""{"resourceType":"Bundle","type":"batch"}""", false)]
    [InlineData("""{"resourceType":"Patient"}""", false)]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","entry":{}}""", false)]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","entry":[1]}""", false)]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","entry":[{"fullUrl":"x"}]}""", false)]
    [InlineData("""{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"OperationOutcome"}}]}""", false)]
    public void Page_ThatIsNoSearchSet_IsRefused(string json, bool accepted)
    {
        var page = RecordCheck.Page(StrictJson.ParseObject(System.Text.Encoding.UTF8.GetBytes(json)).Value, "Observation", "p1");
        Assert.Equal(accepted ? null : EhrErrorCodes.ResponseMalformed, page.Error?.Code);
    }
}
