using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>Verifies registration responses by the 29 steps of WebAuthn L3 §7.1.</summary>
/// <remarks>
/// Pure: the same expectations and response always give the same answer. What the caller does, before and after:
/// <list type="number">
/// <item>make the options, and gather metadata and the revocation evidence that its policy asks for;</item>
/// <item>verify;</item>
/// <item>consume the challenge atomically (<see cref="CeremonyState.ReplayKey"/>): one that was consumed before refuses the response;</item>
/// <item>store the record under a unique key of its id.</item>
/// </list>
/// </remarks>
public sealed class RegistrationVerifier
{
    private const string Section = "WebAuthn L3 §7.1";

    private readonly PublicKeyCache? _keys;

    /// <summary>A verifier; one for the process is enough.</summary>
    /// <param name="keys">The cache of the authentication verifier, which gets the new key; null to let the first authentication import it.</param>
    public RegistrationVerifier(PublicKeyCache? keys = null) => _keys = keys;

    /// <summary>Reads and verifies a response.</summary>
    /// <param name="expectations">What was sent, and what is trusted.</param>
    /// <param name="json">The JSON of PublicKeyCredential.toJSON().</param>
    public RegistrationVerification Verify(RegistrationExpectations expectations, string json)
    {
        var response = RegistrationResponse.Parse(json);
        return response.Succeeded ? Verify(expectations, response.Value) : Unreadable(response.Error);
    }

    /// <summary>Reads and verifies a response.</summary>
    /// <param name="expectations">What was sent, and what is trusted.</param>
    /// <param name="utf8">The JSON of PublicKeyCredential.toJSON() in UTF-8.</param>
    public RegistrationVerification Verify(RegistrationExpectations expectations, ReadOnlySpan<byte> utf8)
    {
        var response = RegistrationResponse.Parse(utf8);
        return response.Succeeded ? Verify(expectations, response.Value) : Unreadable(response.Error);
    }

    /// <summary>Verifies a response.</summary>
    /// <param name="expectations">What was sent, and what is trusted.</param>
    /// <param name="response">The response.</param>
    public RegistrationVerification Verify(RegistrationExpectations expectations, RegistrationResponse response)
    {
        ArgumentNullException.ThrowIfNull(expectations);
        ArgumentNullException.ThrowIfNull(response);
        var trace = Begin();
        var error = Verify(expectations, response, ref trace, out var evidence);
        return new(error is null ? evidence : null, error, trace.Record);
    }

    private MedIdError? Verify(RegistrationExpectations expected, RegistrationResponse response, ref StepTrace trace, out RegistrationEvidence? evidence)
    {
        evidence = null;

        // 3, 4: an attestation response with its extension results; their form was judged when the response was read.
        trace.Pass(3, 2);

        // 5 to 11: client data.
        if (ClientDataChecks.Verify(response.ClientDataJson, isRegistration: true, expected, ref trace) is { } clientData)
        {
            return clientData;
        }

        // 12.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(response.ClientDataJson.Span, hash);
        trace.Pass(12);

        // 13: attestation object, authenticator data, credential; one credential id everywhere.
        var parsed = AttestationObject.Parse(response.AttestationObject);
        if (!parsed.Succeeded)
        {
            return trace.Fail(13, parsed.Error);
        }

        var attestation = parsed.Value;
        var credential = attestation.AuthenticatorData.AttestedCredential!;
        var refusal = trace.Judge(
                13, credential.CredentialId.Span.SequenceEqual(response.RawId.Span), Fido2ErrorCodes.CredentialIdMismatch, ErrorCategory.Protocol, "rawId is not that of the authenticator data")
            ?? Flags(expected, attestation.AuthenticatorData, ref trace)

            // 20: an algorithm that was offered, and that policy allows.
            ?? trace.Judge(
                20,
                expected.Algorithms.Contains(credential.Key.Algorithm)
                    && expected.AlgorithmPolicy.For(SignatureUse.WebAuthnAssertion, expected.Now).Allows(credential.Key.Signature, credential.Key.Key),
                Fido2ErrorCodes.AlgorithmNotAllowed,
                ErrorCategory.Policy);
        if (refusal is not null)
        {
            return refusal;
        }

        // 21, 22: format and statement.
        var rules = new AttestationRules { Policy = expected.Attestation, Algorithms = expected.AlgorithmPolicy, At = expected.Now };
        var statement = AttestationVerifier.Verify(attestation, hash, rules);
        if (!statement.Succeeded)
        {
            return trace.Fail(string.Equals(statement.Error.Code, Fido2ErrorCodes.AttestationFormatUnknown, StringComparison.Ordinal) ? 21 : 22, statement.Error);
        }

        trace.Pass(21, 2);

        // 23, 24: whom policy trusts, and whether it trusts this. Gathering metadata and revocation evidence is the caller's.
        var trust = AttestationVerifier.Judge(statement.Value, rules);
        if (!trust.IsAcceptable)
        {
            return trace.Fail(24, trust.Reason!);
        }

        if (trust.Status != AttestationTrustStatus.NotJudged)
        {
            trace.Pass(23);
        }

        trace.Pass(24);
        return NewCredential(expected, credential.CredentialId, ref trace)
            ?? Accept(expected, response, attestation, statement.Value, trust, ref trace, out evidence);
    }

    private static StepTrace Begin()
    {
        var trace = new StepTrace(Section);

        // 1, 2: the options were made and create() was called before. 29: the record is stored after.
        trace.LeaveToCaller(1);
        trace.LeaveToCaller(2);
        trace.LeaveToCaller(29);
        return trace;
    }

    private static RegistrationVerification Unreadable(MedIdError error)
    {
        var trace = Begin();
        trace.Fail(3, error);
        return new(null, error, trace.Record);
    }

    private static MedIdError? Flags(RegistrationExpectations expected, AuthenticatorData data, ref StepTrace trace)
    {
        var flags = data.Flags;

        // 14: the RP ID; a new credential is never scoped to an AppID.
        return trace.Judge(14, AuthenticatorChecks.IsHashOf(data.RpIdHash.Span, expected.RpId), Fido2ErrorCodes.RpIdHashMismatch, ErrorCategory.Untrusted)

            // 15: presence, but not where the client made the credential without asking.
            ?? (expected.ConditionalCreate
                ? null
                : trace.Judge(15, AuthenticatorChecks.Has(flags, AuthenticatorDataFlags.UserPresent), Fido2ErrorCodes.UserNotPresent, ErrorCategory.Policy))

            // 16: verification, where it was required.
            ?? AuthenticatorChecks.UserVerification(16, expected, flags, ref trace)

            // 17: backed up only what can be.
            ?? AuthenticatorChecks.BackupFlags(17, flags, ref trace)

            // 18, 19: policy.
            ?? AuthenticatorChecks.BackupEligibility(18, expected.Backup, flags, ref trace)
            ?? AuthenticatorChecks.BackupState(19, expected.Backup, flags, ref trace);
    }

    private static MedIdError? NewCredential(RegistrationExpectations expected, ReadOnlyMemory<byte> id, ref StepTrace trace)
    {
        // 25.
        if (trace.Judge(25, id.Length <= ResponseLimits.CredentialIdBytes, Fido2ErrorCodes.CredentialIdTooLong, ErrorCategory.Policy) is { } tooLong)
        {
            return tooLong;
        }

        // 26: of any user. Where nothing was given to compare with, the unique key of the store is the check.
        if (expected.IsRegistered is null && expected.KnownCredentialIds.Count == 0)
        {
            trace.LeaveToCaller(26);
            return null;
        }

        return trace.Judge(
            26,
            !expected.KnownCredentialIds.Any(known => known.Span.SequenceEqual(id.Span)) && expected.IsRegistered?.Invoke(id) != true,
            Fido2ErrorCodes.CredentialAlreadyRegistered,
            ErrorCategory.State);
    }

    private MedIdError? Accept(
        RegistrationExpectations expected,
        RegistrationResponse response,
        AttestationObject attestation,
        AttestationStatementEvidence statement,
        AttestationTrust trust,
        ref StepTrace trace,
        out RegistrationEvidence? evidence)
    {
        // 27: the record.
        var data = attestation.AuthenticatorData;
        var credential = data.AttestedCredential!;
        var record = new CredentialRecord
        {
            Id = credential.CredentialId.ToArray(),
            PublicKey = credential.PublicKey.ToArray(),
            Algorithm = credential.Key.Algorithm,
            SignCount = data.SignCount,
            UvInitialized = AuthenticatorChecks.Has(data.Flags, AuthenticatorDataFlags.UserVerified),
            Transports = response.Transports,
            BackupEligible = AuthenticatorChecks.Has(data.Flags, AuthenticatorDataFlags.BackupEligible),
            BackupState = AuthenticatorChecks.Has(data.Flags, AuthenticatorDataFlags.BackupState),
            UserHandle = expected.UserHandle,
            RpId = expected.RpId,
            Aaguid = credential.Aaguid,
            AttestationFormat = statement.Format,
            AttestationType = statement.Type,
            TrustAnchor = Fingerprint(trust.Anchor),
            AttestationObject = Kept(expected, response.AttestationObject),
            AttestationClientDataJson = Kept(expected, response.ClientDataJson),
            RegisteredAt = expected.Now,
        };
        trace.Pass(27);

        // 28: outputs of extensions.
        evidence = null;
        var extensions = ExtensionReading.Read(isRegistration: true, response.ClientExtensionResults, data);
        if (extensions.Judge(28, expected, ref trace) is { } refusal)
        {
            return refusal;
        }

        _ = _keys?.GetOrImport(PublicKeyEncoding.Cose, record.PublicKey.Span);

        // 29: the caller stores it.
        evidence = new(record, attestation, statement, trust, expected.Now) { ClientExtensions = extensions.Client, AuthenticatorExtensions = extensions.Authenticator };
        return null;
    }

    /// <summary>SHA-256 of the anchor's key, base64url: a root that is issued anew for the same key stays the same anchor.</summary>
    internal static string? Fingerprint(TrustAnchor? anchor) => anchor is null
        ? null
        : StrictBase64Url.Encode(SHA256.HashData(anchor.Certificate is { } certificate ? certificate.SubjectPublicKeyInfo.Span : anchor.PublicKey!.ExportSubjectPublicKeyInfo()));

    private static ReadOnlyMemory<byte>? Kept(RegistrationExpectations expected, ReadOnlyMemory<byte> bytes)
    {
        if (!expected.KeepAttestation)
        {
            return null;
        }

        return bytes;
    }
}
