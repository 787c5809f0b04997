using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Samples.DoctorAuthOp;
using MedId.Samples.Hosting;
using MedId.TestSupport;

namespace MedId.Samples.Tests;

/// <summary>The doctor OP's own rules: passwords, attempts, sessions, and the evidence that a patient OP verifies.</summary>
public sealed class DoctorOpTests : IDisposable
{
    private const string Issuer = "https://doctors.example";
    private const string PatientOp = "https://op.example";
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);
    private static readonly Doctor Physician = new()
    {
        Username = "ishi-a",
        Password = "",
        Subject = "practitioner-a",
        Name = "見本 一郎（架空）",
        Organization = "みほん内科クリニック（架空）",
        OrganizationId = "https://medidsdk.example/sample/organization/clinic-a",
        Role = new CodedRole("https://medidsdk.example/sample/role", "physician", "医師"),
    };

    private readonly ManualTimeProvider _time = new(Now);
    private readonly LocalSigningKey _key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
    private readonly SessionStore _sessions;
    private readonly EvidenceGrantHandler _handler;

    public DoctorOpTests()
    {
        _sessions = new SessionStore(_time);
        var patientOps = new HashSet<string>(StringComparer.Ordinal) { PatientOp };
        _handler = new EvidenceGrantHandler(_sessions, new EvidenceSigner(Issuer, _key, _time), patientOps, new StepReporter("doctor-op", null, _time));
    }

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task Exchange_LivingSession_GivesEvidenceThatThePatientOpAccepts()
    {
        var answer = await ExchangeAsync(_sessions.Begin(Physician));
        var json = JsonElement.Parse(answer.Body.Span);
        Assert.Equal("N_A", json.GetProperty("token_type").GetString());
        Assert.Equal(300, json.GetProperty("expires_in").GetInt32());
        var evidence = json.GetProperty("access_token").GetString()!;
        var verified = Verify(evidence, "ehr-clinic-a", PatientOp);
        Assert.Equal(("見本 一郎（架空）", "医師"), (verified.Value!.Name, verified.Value.Role.Display));
        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceForeign, Verify(evidence, "other-client", PatientOp).Error!.Code);
        Assert.Equal(ProviderErrorCodes.PractitionerEvidenceForeign, Verify(evidence, "ehr-clinic-a", "https://other.example").Error!.Code);
    }

    [Theory]
    [InlineData("audience", "https://other.example", DoctorOpErrorCodes.AudienceUnknown, "invalid_target")]
    [InlineData("audience", "https://op.example/", DoctorOpErrorCodes.AudienceUnknown, "invalid_target")]
    [InlineData("audience", null, OAuthServerErrorCodes.ParameterMissing, "invalid_request")]
    [InlineData("subject_token", null, OAuthServerErrorCodes.ParameterMissing, "invalid_request")]
    [InlineData("subject_token", "wrong", DoctorOpErrorCodes.SessionUnknown, "invalid_request")]
    [InlineData("subject_token_type", "urn:ietf:params:oauth:token-type:jwt", DoctorOpErrorCodes.ExchangeUnsupported, "invalid_request")]
    [InlineData("requested_token_type", "urn:ietf:params:oauth:token-type:access_token", DoctorOpErrorCodes.ExchangeUnsupported, "invalid_request")]
    [InlineData("actor_token", "x", DoctorOpErrorCodes.ExchangeUnsupported, "invalid_request")]
    public async Task Exchange_OneParameterNotAsAsked_IsRefusedWithItsCode(string parameter, string? value, string code, string wireError)
    {
        var answer = await ExchangeAsync(_sessions.Begin(Physician), change: (parameter, value));
        Assert.Equal(code, answer.Error!.Code);
        Assert.Equal(wireError, JsonElement.Parse(answer.Body.Span).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Exchange_SessionOfAnotherClient_IsUnknown()
    {
        var session = _sessions.Begin(Physician);
        Assert.Null((await ExchangeAsync(session)).Error);
        Assert.Equal(DoctorOpErrorCodes.SessionUnknown, (await ExchangeAsync(session, client: "other-ehr")).Error!.Code);
        Assert.Null((await ExchangeAsync(session)).Error);
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, DoctorOpErrorCodes.SessionUnknown)]
    public async Task Exchange_AtTheEndOfTheSession_IsRefusedFromThereOn(int secondsBeyond, string? code)
    {
        var session = _sessions.Begin(Physician);
        _time.Advance(TimeSpan.FromMinutes(30) + TimeSpan.FromSeconds(secondsBeyond));
        Assert.Equal(code, (await ExchangeAsync(session)).Error?.Code);
    }

    [Fact]
    public void AttemptLimit_FifthWrongPassword_LocksUntilFifteenMinutesHavePassed()
    {
        var limit = new AttemptLimit(_time);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            Assert.True(limit.TryTake("ishi-a"));
        }

        Assert.False(limit.TryTake("ishi-a"));
        Assert.True(limit.TryTake("ishi-b"));
        _time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        Assert.False(limit.TryTake("ishi-a"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limit.TryTake("ishi-a"));
    }

    [Fact]
    public void AttemptLimit_RightPassword_ForgetsTheWrongOnes()
    {
        var limit = new AttemptLimit(_time);
        for (var attempt = 0; attempt < 12; attempt++)
        {
            Assert.True(limit.TryTake("ishi-a"));
            limit.Right("ishi-a");
        }
    }

    [Fact]
    public void PasswordHash_Password_MatchesItselfOnly()
    {
        var stored = PasswordHash.Make("sample");
        Assert.True(PasswordHash.Matches("sample", stored));
        Assert.False(PasswordHash.Matches("Sample", stored));
        Assert.DoesNotContain("sample", stored, StringComparison.Ordinal);
    }

    private ValueTask<OAuthAnswer> ExchangeAsync(string session, string client = "ehr-clinic-a", (string Name, string? Value)? change = null)
    {
        var form = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["subject_token"] = session,
            ["subject_token_type"] = TokenTypes.AccessTokenUrn,
            ["requested_token_type"] = TokenTypes.JwtUrn,
            ["audience"] = PatientOp,
        };
        if (change is { } one)
        {
            form[one.Name] = one.Value;
        }

        var metadata = new ClientMetadata
        {
            ClientId = client,
            TokenEndpointAuthMethod = ClientAuthenticationMethod.PrivateKeyJwt,
            Jwks = JsonWebKeySet.Of(_key.ToJwk()),
            GrantTypes = [GrantTypes.TokenExchange],
        };
        return _handler.HandleAsync(new GrantRequest
        {
            Tenant = TenantId.Single,
            Client = new ClientRegistration(TenantId.Single, metadata),
            Form = OAuthForm.Of(form.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value!))).Value!,
            At = _time.GetUtcNow(),
        });
    }

    private MedIdResult<PractitionerEvidence> Verify(string evidence, string client, string audience) =>
        PractitionerEvidenceVerifier.Verify(evidence, new PractitionerIssuer(Issuer, JsonWebKeySet.Of(_key.ToJwk())), audience, client, AlgorithmPolicy.Default, _time.GetUtcNow());
}
