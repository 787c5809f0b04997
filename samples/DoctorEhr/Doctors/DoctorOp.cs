using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Samples.DoctorEhr;

/// <summary>The doctor OP as the EHR uses it: sign-in, then evidence for one patient OP (RFC 8693). What comes back is verified before it is sent on.</summary>
internal sealed class DoctorOp : IDisposable
{
    private readonly EhrSettings _settings;
    private readonly IClientCredential _credential;
    private readonly ProtocolHttpClient _http;
    private readonly MetadataClient _metadata;
    private readonly JwksClient _keys;
    private readonly TimeProvider _time;

    public DoctorOp(EhrSettings settings, IClientCredential credential, IHttpClientFactory http, TimeProvider time)
    {
        _settings = settings;
        _credential = credential;
        _time = time;
        _http = new ProtocolHttpClient(http.CreateClient(EhrHost.DoctorOpClient), new ProtocolHttpOptions { AllowHttpOnLoopback = true }, time);
        _metadata = new MetadataClient(_http, settings.DoctorOp, time);
        _keys = new JwksClient(_http, time);
    }

    public async Task<MedIdResult<string>> SignInAsync(string username, string password, CancellationToken cancellationToken)
    {
        var form = new ClientRequest(_settings.DoctorOp.TrimEnd('/') + "/sign-in", _settings.DoctorOp).Add("username", username).Add("password", password);
        var answer = await _http.PostAsync("sign-in", form, new NoCredential(_settings.ClientId), cancellationToken);
        if (!answer.Succeeded)
        {
            return answer.Error;
        }

        var json = answer.Value.IsOk ? StrictJson.ParseObject(answer.Value.Body) : answer.Value.ToError("doctor sign-in");
        return json.Then<string>(read => new JsonMembers(read).String("session") is { } session
            ? session
            : new MedIdError(EhrErrorCodes.SignInRefused, ErrorCategory.Malformed, "doctor sign-in"));
    }

    public async Task<MedIdResult<string>> GetEvidenceAsync(string session, string? purpose, CancellationToken cancellationToken)
    {
        var metadata = await _metadata.GetAsync(cancellationToken);
        if (!metadata.Succeeded)
        {
            return metadata.Error;
        }

        var form = new ClientRequest(metadata.Value.TokenEndpoint, metadata.Value.Issuer)
            .Add(OAuthParameters.GrantType, GrantTypes.TokenExchange)
            .Add(OAuthParameters.SubjectToken, session)
            .Add(OAuthParameters.SubjectTokenType, TokenTypes.AccessTokenUrn)
            .Add(OAuthParameters.Audience, _settings.PatientOp)
            .Add(OAuthParameters.RequestedTokenType, TokenTypes.JwtUrn);
        if (purpose is not null)
        {
            form.Add("purpose_of_use", purpose);
        }

        var answer = await _http.PostAsync("token-exchange", form, _credential, cancellationToken);
        if (!answer.Succeeded)
        {
            return answer.Error;
        }

        var token = answer.Value.IsOk ? TokenResponse.Parse(answer.Value.Body) : answer.Value.ToError("RFC 8693 §2.2.2");
        if (!token.Succeeded)
        {
            return token.Error;
        }

        var now = _time.GetUtcNow();
        return await _keys.VerifyAsync(metadata.Value.JwksUri, keys => Verify(token.Value.AccessToken, metadata.Value.Issuer, keys, now), cancellationToken);
    }

    public void Dispose()
    {
        _metadata.Dispose();
        _keys.Dispose();
    }

    /// <summary>Evidence of this doctor OP, for this patient OP, for this EHR, of now. The patient OP verifies it again; an EHR that sends wrong evidence wakes a patient for nothing.</summary>
    private MedIdResult<string> Verify(string evidence, string issuer, JsonWebKeySet keys, DateTimeOffset now)
    {
        var verified = JwtVerifier.Verify(evidence, new JwtExpectations
        {
            Keys = keys,
            Algorithms = AlgorithmPolicy.Default.For(SignatureUse.PractitionerEvidence, now),
            Type = JwtTypeRule.OneOf(TokenTypes.PractitionerEvidenceJwt),
            Issuer = issuer,
            Audience = JwtAudienceRule.ExactlySingleString(_settings.PatientOp),
            Now = now,
            Lifetime = JwtLifetimeRule.AtMost(TimeSpan.FromMinutes(5)),
            RequiredClaims = ["sub", "iat", "jti", OAuthClaims.AuthorizedParty],
        });
        return verified.Then<string>(jwt => string.Equals(new JsonMembers(jwt.Claims).String(OAuthClaims.AuthorizedParty), _settings.ClientId, StringComparison.Ordinal)
            ? evidence
            : new MedIdError(EhrErrorCodes.EvidenceNotOurs, ErrorCategory.Untrusted, "walk: doctor evidence"));
    }
}
