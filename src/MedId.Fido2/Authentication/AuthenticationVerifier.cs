using System.Buffers;
using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Verifies authentication responses by the 25 steps of WebAuthn L3 §7.2.</summary>
/// <remarks>
/// Pure: the same expectations and response always give the same answer. What the caller does, before and after:
/// <list type="number">
/// <item>read the response (<see cref="AuthenticationResponse.Parse(string)"/>) and find the record by its credential id, in the account that is known or that the
/// user handle names;</item>
/// <item>verify;</item>
/// <item>consume the challenge atomically (<see cref="CeremonyState.ReplayKey"/>): one that was consumed before refuses the response;</item>
/// <item>store <see cref="AuthenticationEvidence.Update"/>, the counter by compare-and-swap on that of the record.</item>
/// </list>
/// </remarks>
public sealed class AuthenticationVerifier
{
    private const string Section = "WebAuthn L3 §7.2";
    private const int StackBytes = 512;

    private static readonly PublicKeyCache Shared = new();

    private readonly PublicKeyCache _keys;

    /// <summary>A verifier; one for the process is enough.</summary>
    /// <param name="keys">Imported keys; null for a cache that all verifiers share.</param>
    public AuthenticationVerifier(PublicKeyCache? keys = null) => _keys = keys ?? Shared;

    /// <summary>Reads and verifies a response.</summary>
    /// <param name="expectations">What was sent, and what is trusted.</param>
    /// <param name="json">The JSON of PublicKeyCredential.toJSON().</param>
    public AuthenticationVerification Verify(AuthenticationExpectations expectations, string json)
    {
        var response = AuthenticationResponse.Parse(json);
        return response.Succeeded ? Verify(expectations, response.Value) : Unreadable(response.Error);
    }

    /// <summary>Reads and verifies a response.</summary>
    /// <param name="expectations">What was sent, and what is trusted.</param>
    /// <param name="utf8">The JSON of PublicKeyCredential.toJSON() in UTF-8.</param>
    public AuthenticationVerification Verify(AuthenticationExpectations expectations, ReadOnlySpan<byte> utf8)
    {
        return AuthenticationResponse.Read(utf8, out var response) is { } error ? Unreadable(error) : Verify(expectations, response!);
    }

    /// <summary>Verifies a response.</summary>
    /// <param name="expectations">What was sent, and what is trusted.</param>
    /// <param name="response">The response.</param>
    public AuthenticationVerification Verify(AuthenticationExpectations expectations, AuthenticationResponse response)
    {
        ArgumentNullException.ThrowIfNull(expectations);
        ArgumentNullException.ThrowIfNull(response);
        var trace = Begin();
        var error = Verify(expectations, response, ref trace, out var evidence);
        return new(error is null ? evidence : null, error, trace.Record);
    }

    private MedIdError? Verify(AuthenticationExpectations expected, AuthenticationResponse response, ref StepTrace trace, out AuthenticationEvidence? evidence)
    {
        evidence = null;

        // 3, 4: an assertion response with its extension results; their form was judged when the response was read.
        trace.Pass(3, 2);

        // 5: among the allowed ones, where there was a list.
        if (expected.AllowCredentials.Count > 0
            && trace.Judge(5, IsOneOf(expected.AllowCredentials, response.RawId.Span), Fido2ErrorCodes.CredentialNotAllowed, ErrorCategory.Protocol) is { } notAllowed)
        {
            return notAllowed;
        }

        // 6: the account and its record. Finding them is the caller's; that they are the response's is judged here.
        if (Identify(expected, response, ref trace) is { } notTheirs)
        {
            return notTheirs;
        }

        // 7: what the response carries. An authenticator puts no credential into an assertion (§6.3.3).
        var parsed = AuthenticatorData.Parse(response.AuthenticatorData);
        if (!parsed.Succeeded)
        {
            return trace.Fail(7, parsed.Error);
        }

        var data = parsed.Value;
        if (trace.Judge(7, data.AttestedCredential is null, Fido2ErrorCodes.AttestedDataUnexpected, ErrorCategory.Protocol) is { } attested)
        {
            return attested;
        }

        // 8 to 14: client data.
        if (ClientDataChecks.Verify(response.ClientDataJson, isRegistration: false, expected, ref trace) is { } clientData)
        {
            return clientData;
        }

        // 23 is read early, because 15 asks for the output of appid.
        var extensions = ExtensionReading.Read(isRegistration: false, response.ClientExtensionResults, data);
        var usedAppId = expected.AppId is not null && extensions.Client.AppId == true;
        if (Judge(expected, response, data, usedAppId, ref trace, out var counter) is { } refusal)
        {
            return refusal;
        }

        // 23: outputs of extensions.
        if (extensions.Judge(23, expected, ref trace) is { } output)
        {
            return output;
        }

        // 24, 25: the evidence has the values to store; storing them, and going on, are the caller's.
        evidence = new(expected.Credential, data, counter, usedAppId, expected.Now) { ClientExtensions = extensions.Client, AuthenticatorExtensions = extensions.Authenticator };
        return null;
    }

    private MedIdError? Judge(
        AuthenticationExpectations expected, AuthenticationResponse response, AuthenticatorData data, bool usedAppId, ref StepTrace trace, out CounterVerdict counter)
    {
        var record = expected.Credential;
        var flags = data.Flags;
        counter = CounterVerdict.NotSupported;

        // 15: the RP ID; the AppID where it was sent and the client says that it used it (§10.1.1).
        return trace.Judge(
                15, AuthenticatorChecks.IsHashOf(data.RpIdHash.Span, usedAppId ? expected.AppId! : expected.RpId), Fido2ErrorCodes.RpIdHashMismatch, ErrorCategory.Untrusted)

            // 16: presence, always.
            ?? trace.Judge(16, AuthenticatorChecks.Has(flags, AuthenticatorDataFlags.UserPresent), Fido2ErrorCodes.UserNotPresent, ErrorCategory.Policy)

            // 17: verification, where it was required.
            ?? AuthenticatorChecks.UserVerification(17, expected, flags, ref trace)

            // 18: backed up only what can be.
            ?? AuthenticatorChecks.BackupFlags(18, flags, ref trace)

            // 19: what cannot change has not; then policy.
            ?? (record.BackupEligible is not { } eligible
                ? null
                : trace.Judge(
                    19,
                    eligible == AuthenticatorChecks.Has(flags, AuthenticatorDataFlags.BackupEligible),
                    Fido2ErrorCodes.BackupEligibilityChanged,
                    ErrorCategory.Untrusted))
            ?? AuthenticatorChecks.BackupEligibility(19, expected.Backup, flags, ref trace)
            ?? AuthenticatorChecks.BackupState(19, expected.Backup, flags, ref trace)

            // 20, 21: the signature over authenticator data and the hash of the client data.
            ?? Signature(expected, response, ref trace)

            // 22: the counter, now that it is known to be the authenticator's.
            ?? Counter(expected, data.SignCount, ref trace, out counter);
    }

    private static StepTrace Begin()
    {
        var trace = new StepTrace(Section);

        // 1, 2: the options were made and get() was called before. 24, 25: the record is stored, the ceremony goes on after.
        trace.LeaveToCaller(1);
        trace.LeaveToCaller(2);
        trace.LeaveToCaller(24);
        trace.LeaveToCaller(25);
        return trace;
    }

    private static AuthenticationVerification Unreadable(MedIdError error)
    {
        var trace = Begin();
        trace.Fail(3, error);
        return new(null, error, trace.Record);
    }

    private static MedIdError? Identify(AuthenticationExpectations expected, AuthenticationResponse response, ref StepTrace trace)
    {
        var record = expected.Credential;
        if (trace.Judge(6, record.Id.Span.SequenceEqual(response.RawId.Span), Fido2ErrorCodes.CredentialUnknown, ErrorCategory.State) is { } unknown)
        {
            return unknown;
        }

        var handle = expected.UserHandle ?? record.UserHandle;
        if (response.UserHandle is not { } named)
        {
            return trace.Judge(6, expected.UserIdentified, Fido2ErrorCodes.UserHandleMissing, ErrorCategory.Protocol);
        }

        // Without a handle to compare with, the caller who found the record in the account of a known user has answered for it.
        return handle is null && expected.UserIdentified
            ? null
            : trace.Judge(6, handle is { } known && known.Span.SequenceEqual(named.Span), Fido2ErrorCodes.UserHandleMismatch, ErrorCategory.Untrusted);
    }

    private MedIdError? Signature(AuthenticationExpectations expected, AuthenticationResponse response, ref StepTrace trace)
    {
        trace.Pass(20);
        var record = expected.Credential;
        var rule = expected.AlgorithmPolicy.For(SignatureUse.WebAuthnAssertion, expected.Now);
        var key = _keys.GetOrImport(PublicKeyEncoding.Cose, record.PublicKey.Span, rule.MinimumRsaBits);
        if (!key.Succeeded)
        {
            return trace.Fail(21, key.Error);
        }

        if (!SignatureAlgorithm.TryFromWebAuthn(record.Algorithm, out var algorithm) || !rule.Allows(algorithm, key.Value))
        {
            return trace.Fail(21, Fido2ErrorCodes.AlgorithmNotAllowed, ErrorCategory.Policy);
        }

        var data = response.AuthenticatorData.Span;
        var length = data.Length + SHA256.HashSizeInBytes;
        var rented = length > StackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        var signed = rented is null ? stackalloc byte[StackBytes] : rented;
        data.CopyTo(signed);
        SHA256.HashData(response.ClientDataJson.Span, signed[data.Length..]);
        var holds = key.Value.Verify(algorithm, signed[..length], response.Signature.Span);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return trace.Judge(21, holds, Fido2ErrorCodes.SignatureInvalid, ErrorCategory.Untrusted);
    }

    private static MedIdError? Counter(AuthenticationExpectations expected, uint received, ref StepTrace trace, out CounterVerdict verdict)
    {
        var stored = expected.Credential.SignCount;
        verdict = stored == 0 && received == 0 ? CounterVerdict.NotSupported
            : received > stored ? CounterVerdict.Advanced
            : CounterVerdict.NotAdvanced;
        return verdict == CounterVerdict.NotSupported
            ? null
            : trace.Judge(
                22, verdict == CounterVerdict.Advanced || expected.Counter == CounterPolicy.Report, Fido2ErrorCodes.CounterNotAdvanced, ErrorCategory.Untrusted);
    }

    private static bool IsOneOf(IReadOnlyCollection<ReadOnlyMemory<byte>> ids, ReadOnlySpan<byte> id)
    {
        if (ids is IReadOnlyList<ReadOnlyMemory<byte>> list)
        {
            // By number, because an enumerator is allocated.
            for (var index = 0; index < list.Count; index++)
            {
                if (list[index].Span.SequenceEqual(id))
                {
                    return true;
                }
            }

            return false;
        }

        foreach (var candidate in ids)
        {
            if (candidate.Span.SequenceEqual(id))
            {
                return true;
            }
        }

        return false;
    }
}
