using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>Judges what a call proves besides its token (RFC 9449 §7, RFC 8705 §3). One for a scheme, as long as the host lives.</summary>
internal sealed class CallProofs(IProofReplayStore replay)
{
    private readonly DpopKeyCache _keys = new();

    /// <summary>The proof of a call by itself, before the authorization server is asked: all steps of RFC 9449 §4.3 but that of the token's key.</summary>
    public MedIdResult<VerifiedDpopProof> Verify(HttpContext context, string token, IntrospectionBearerOptions options, DateTimeOffset now) => DpopProofVerifier.Verify(
        [.. context.Request.Headers[DpopProofs.HeaderName]],
        new()
        {
            Method = context.Request.Method,
            Uri = UriOf(context, options),
            Algorithms = options.Algorithms.For(SignatureUse.ProofOfPossession, now),
            Now = now,
            MaxAge = options.MaxDpopProofAge,
            ClockSkew = options.ClockSkew,
            Nonces = options.DpopNonces,
            AccessToken = token,
        },
        _keys);

    /// <summary>Whether the call proves the key that its token is bound to. Pure.</summary>
    public static MedIdError? RefuseBinding(IntrospectionResponse response, PresentedToken presented, VerifiedDpopProof? proof, PresentedCertificate? certificate, IntrospectionBearerOptions options)
    {
        var confirmation = response.Confirmation;
        if (presented.IsDpop)
        {
            // RFC 9449 §7.1: the scheme is for tokens that are bound to a DPoP key, and this one's is the proof's.
            return confirmation?.KeyThumbprint is not { } bound ? new(ResourceServerErrorCodes.TokenNotBound, ErrorCategory.Untrusted, "RFC 9449 §7.1")
                : string.Equals(bound, proof?.KeyThumbprint, StringComparison.Ordinal) ? null
                : new(OAuthErrorCodes.DpopKeyMismatch, ErrorCategory.Untrusted, "RFC 9449 §4.3 step 12 b");
        }

        // RFC 9449 §7.2: a token bound to a DPoP key is no bearer token.
        if (confirmation?.KeyThumbprint is not null)
        {
            return new(ResourceServerErrorCodes.TokenBoundToKey, ErrorCategory.Untrusted, "RFC 9449 §7.2");
        }

        if (confirmation?.CertificateThumbprint is { } thumbprint)
        {
            return certificate is null ? new(ResourceServerErrorCodes.CertificateMissing, ErrorCategory.Untrusted, "RFC 8705 §3")
                : string.Equals(certificate.Thumbprint, thumbprint, StringComparison.Ordinal) ? null
                : new(ResourceServerErrorCodes.CertificateMismatch, ErrorCategory.Untrusted, "RFC 8705 §3");
        }

        return options.RequireSenderConstrainedTokens ? new(ResourceServerErrorCodes.TokenNotBound, ErrorCategory.Policy, "FAPI 2.0 §5.3.4") : null;
    }

    /// <summary>RFC 9449 §11.1: the last question, so that nothing else can use a proof up.</summary>
    public async ValueTask<MedIdError?> ConsumeAsync(VerifiedDpopProof? proof, CancellationToken cancellationToken) =>
        proof is null || await replay.TryConsumeAsync(proof.ReplayKey, cancellationToken).ConfigureAwait(false)
            ? null
            : new(ResourceServerErrorCodes.ProofReplayed, ErrorCategory.State, "RFC 9449 §11.1");

    /// <summary>The request's URI as the caller knows it: this server's public origin, and the path as it was sent.</summary>
    private static string UriOf(HttpContext context, IntrospectionBearerOptions options)
    {
        var request = context.Request;
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!target.StartsWith('/'))
        {
            // The absolute form of RFC 9112 §3.2.2.
            target = request.PathBase.ToUriComponent() + request.Path.ToUriComponent();
        }

        // A proxy that takes a prefix away has the host put it back into PathBase.
        var prefix = request.PathBase.ToUriComponent();
        return (options.FindPublicOrigin() ?? $"{request.Scheme}://{request.Host.ToUriComponent()}") + (target.StartsWith(prefix, StringComparison.Ordinal) ? target : prefix + target);
    }
}
