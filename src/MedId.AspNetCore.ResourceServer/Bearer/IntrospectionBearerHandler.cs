using System.Security.Claims;
using System.Text.Encodings.Web;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>Authenticates an API call by introspecting its token, each time, with the proof of a bound one; answers refusals as FHIR, RFC 6750 and RFC 9449 ask.</summary>
internal sealed class IntrospectionBearerHandler(
    IOptionsMonitor<IntrospectionBearerOptions> options, ILoggerFactory logger, UrlEncoder encoder, IServiceProvider services, ResourceServerInstruments telemetry)
    : AuthenticationHandler<IntrospectionBearerOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = AccessTokenHeader.Read(Request);
        var algorithms = SenderAlgorithms(Options, TimeProvider.GetUtcNow());
        Context.Features.Set(new ChallengeFacts(token.Value?.Scheme, algorithms));
        if (!token.Succeeded)
        {
            return Refused(token.Error, null);
        }

        // What a call proves besides its token, as far as that shows without the authorization server.
        var proofs = services.GetRequiredKeyedService<CallProofs>(Scheme.Name);
        var (certificate, refused) = await CallCertificate.ReadAsync(Context, Options.ForwardedCertificates).ConfigureAwait(false);
        VerifiedDpopProof? proof = null;
        if (token.Value.IsDpop)
        {
            if (Options.DpopNonces is { } nonces)
            {
                Response.Headers[DpopProofs.NonceHeaderName] = nonces.Current(TimeProvider.GetUtcNow());
            }

            var verified = proofs.Verify(Context, token.Value.Token, Options, TimeProvider.GetUtcNow());
            (proof, refused) = (verified.Value, refused ?? verified.Error);
        }

        if (refused is not null)
        {
            return Refused(refused, null);
        }

        var started = TimeProvider.GetTimestamp();
        var answer = await IntrospectAsync(token.Value.Token).ConfigureAwait(false);
        var refusal = answer.Succeeded
            ? TokenJudge.Refuse(answer.Value, Options, TimeProvider.GetUtcNow())
                ?? CallProofs.RefuseBinding(answer.Value, token.Value, proof, certificate, Options)
                ?? await proofs.ConsumeAsync(proof, Context.RequestAborted).ConfigureAwait(false)
            : answer.Error;
        if (Options.OnIntrospected is { } observe)
        {
            await observe(Context, new IntrospectionOutcome(answer.Value, refusal, TimeProvider.GetElapsedTime(started))).ConfigureAwait(false);
        }

        if (refusal is not null)
        {
            return Refused(refusal, answer.Value?.ClientId);
        }

        telemetry.Count("token", null);
        Context.Features.Set(new IntrospectedToken(Scheme.Name, answer.Value!));
        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(answer.Value!), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => AnswerAsync();

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => AnswerAsync();

    private Task AnswerAsync()
    {
        var refusal = Context.Features.Get<CallRefusal>() ?? new CallRefusal(new(ResourceServerErrorCodes.TokenMissing, ErrorCategory.Protocol, "RFC 6750 §3"));
        return FhirRefusal.WriteAsync(Context, refusal);
    }

    /// <summary>RFC 9449 §7.1: <c>algs</c>; Ed25519 by both of its names (RFC 9864 §2.2).</summary>
    private static string SenderAlgorithms(IntrospectionBearerOptions options, DateTimeOffset now) => string.Join(
        ' ', options.Algorithms.For(SignatureUse.ProofOfPossession, now).Algorithms.Select(one => one == SignatureAlgorithm.Ed25519 ? "Ed25519 EdDSA" : one.JoseName));

    /// <summary>Whatever keeps an answer from coming, or from being relied on, is the same to the caller: not now.</summary>
    private async Task<MedIdResult<IntrospectionResponse>> IntrospectAsync(string token)
    {
        MedIdError cause;
        try
        {
            var channel = services.GetRequiredKeyedService<IntrospectionChannel>(Scheme.Name);
            var answer = await channel.Client.IntrospectAsync(token, Context.RequestAborted).ConfigureAwait(false);
            if (answer.Succeeded)
            {
                return answer;
            }

            cause = answer.Error;
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or IOException)
        {
            cause = new(ResourceServerErrorCodes.IntrospectionUnavailable, ErrorCategory.State, "RFC 7662 §4", e.GetType().Name);
        }

        Log.IntrospectionUnavailable(Logger, cause.Code, cause.Detail);
        return new MedIdError(ResourceServerErrorCodes.IntrospectionUnavailable, ErrorCategory.State, "RFC 7662 §4", cause.Code);
    }

    private AuthenticateResult Refused(MedIdError error, string? clientId)
    {
        Context.Features.Set(new CallRefusal(error));
        telemetry.Count("token", error.Code);
        Log.TokenRefused(Logger, clientId, error.Code, error.Detail);
        return AuthenticateResult.Fail(error.Code);
    }

    private ClaimsPrincipal PrincipalOf(IntrospectionResponse token)
    {
        var identity = new ClaimsIdentity(Scheme.Name, "sub", "role");
        Add("sub", token.Subject);
        Add(OAuthClaims.ClientId, token.ClientId);
        Add(OAuthClaims.Scope, token.Scope);
        Add(OAuthClaims.Acr, token.Acr);
        Add(OAuthClaims.ConsentId, token.ConsentId);
        return new ClaimsPrincipal(identity);

        void Add(string type, string? value)
        {
            if (value is not null)
            {
                identity.AddClaim(new Claim(type, value, ClaimValueTypes.String, token.Issuer ?? Options.Issuer));
            }
        }
    }
}
