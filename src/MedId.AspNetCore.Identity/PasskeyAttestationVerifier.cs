using MedId.Core;
using MedId.Fido2;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Identity;

/// <summary>Judges attestations for <see cref="IdentityPasskeyOptions.VerifyAttestationStatement"/>: WebAuthn L3 §7.1 steps 21 to 24; the other steps are Identity's.</summary>
public sealed class PasskeyAttestationVerifier
{
    private readonly IOptionsMonitor<PasskeyAttestationOptions> _options;
    private readonly TimeProvider _time;
    private readonly ILogger<PasskeyAttestationVerifier> _logger;

    /// <summary>Made by the container.</summary>
    /// <param name="options">How attestations are judged.</param>
    /// <param name="time">The clock that certificates are judged by.</param>
    /// <param name="logger">Gets the code of each refusal.</param>
    public PasskeyAttestationVerifier(IOptionsMonitor<PasskeyAttestationOptions> options, TimeProvider time, ILogger<PasskeyAttestationVerifier> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        (_options, _time, _logger) = (options, time, logger);
    }

    /// <summary>Whether Identity may register the passkey. The reason of a refusal goes to the log, because the callback has no place for it.</summary>
    /// <param name="context">What Identity hands over.</param>
    internal async ValueTask<bool> VerifyAsync(PasskeyAttestationStatementVerificationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var options = _options.CurrentValue;
        var policy = options.Policy ?? await options.PolicySource!(context.HttpContext).ConfigureAwait(false);
        var trust = Judge(context.AttestationObject, context.ClientDataHash, new() { Policy = policy, Algorithms = options.Algorithms, At = _time.GetUtcNow() });
        if (trust.Succeeded)
        {
            return true;
        }

        Log.Refused(_logger, trust.Error.Code, trust.Error.Section);
        return false;
    }

    /// <summary>Reads an attestation, verifies its statement, judges its trust.</summary>
    /// <param name="attestationObject">The attestation object as received.</param>
    /// <param name="clientDataHash">SHA-256 of the client data as received, 32 bytes.</param>
    /// <param name="rules">What it is judged by.</param>
    /// <returns>What was found where policy lets the registration go on; else the refusal.</returns>
    public static MedIdResult<AttestationTrust> Judge(ReadOnlyMemory<byte> attestationObject, ReadOnlyMemory<byte> clientDataHash, AttestationRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var parsed = AttestationObject.Parse(attestationObject);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var statement = AttestationVerifier.Verify(parsed.Value, clientDataHash.Span, rules);
        if (!statement.Succeeded)
        {
            return statement.Error;
        }

        var trust = AttestationVerifier.Judge(statement.Value, rules);
        return trust.IsAcceptable ? trust : trust.Reason!;
    }
}
