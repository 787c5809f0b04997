using System.Buffers;
using System.Text.Json;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Samples.Hosting;

namespace MedId.Samples.DoctorAuthOp;

/// <summary>RFC 8693 token exchange: a doctor's session for evidence to one patient OP.</summary>
internal sealed class EvidenceGrantHandler(SessionStore sessions, EvidenceSigner signer, IReadOnlySet<string> patientOps, StepReporter steps) : IGrantHandler
{
    private const int MaxSession = 128;

    /// <summary>A parameter of this sample: what the doctor says the data is for, a code of v3-ActReason.</summary>
    private const string Purpose = "purpose_of_use";

    public string GrantType => GrantTypes.TokenExchange;

    public async ValueTask<OAuthAnswer> HandleAsync(GrantRequest request, CancellationToken cancellationToken = default)
    {
        var form = request.Form;
        var step = steps.Begin(1, "signs evidence of who the doctor is")
            .Sent("grant_type", "token-exchange")
            .Sent("audience", form[OAuthParameters.Audience])
            .Sent(Purpose, form[Purpose])
            .Checked("the EHR's client assertion");
        var (session, refusal) = Judge(request);
        if (session is null)
        {
            step.Refused(refusal!.Error.Code);
            return request.Refuse(refusal);
        }

        var evidence = await signer.SignAsync(session, request.Client.ClientId, form[OAuthParameters.Audience]!, EvidenceSigner.FindPurpose(form[Purpose])!, cancellationToken);
        step.Checked("the session is alive and this client's")
            .Checked("the audience is a patient OP known here")
            .Sent("evidence", "JWS for this client, five minutes, single use")
            .Done();
        return OAuthAnswer.Json(Answer(evidence), request.Client.ClientId);
    }

    private (Session? Session, OAuthRefusal? Refusal) Judge(GrantRequest request)
    {
        var form = request.Form;

        // RFC 8693 §2.1: what is given, what is wanted, for whom.
        if (form[OAuthParameters.SubjectToken] is not { Length: <= MaxSession } token || form[OAuthParameters.Audience] is not { } audience)
        {
            return (null, Refuse(OAuthServerErrorCodes.ParameterMissing, OAuthErrorNames.InvalidRequest, "RFC 8693 §2.1"));
        }

        if (form[OAuthParameters.SubjectTokenType] != TokenTypes.AccessTokenUrn
            || form[OAuthParameters.RequestedTokenType] is not (null or TokenTypes.JwtUrn)
            || form[OAuthParameters.ActorToken] is not null
            || EvidenceSigner.FindPurpose(form[Purpose]) is null)
        {
            return (null, Refuse(DoctorOpErrorCodes.ExchangeUnsupported, OAuthErrorNames.InvalidRequest, "RFC 8693 §2.1"));
        }

        if (!patientOps.Contains(audience))
        {
            return (null, Refuse(DoctorOpErrorCodes.AudienceUnknown, OAuthErrorNames.InvalidTarget, "RFC 8693 §2.2.2"));
        }

        return sessions.Find(token, request.Client.ClientId) is { } session
            ? (session, null)
            : (null, Refuse(DoctorOpErrorCodes.SessionUnknown, OAuthErrorNames.InvalidRequest, "RFC 8693 §2.2.2"));
    }

    private static OAuthRefusal Refuse(string code, string wireError, string section) => new(new MedIdError(code, ErrorCategory.Protocol, section), wireError);

    private static byte[] Answer(string evidence)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("access_token", evidence);
            writer.WriteString("issued_token_type", TokenTypes.JwtUrn);
            writer.WriteString("token_type", TokenTypes.NotApplicable);
            writer.WriteNumber("expires_in", (long)EvidenceSigner.Lifetime.TotalSeconds);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
