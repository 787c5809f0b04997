using System.Collections.Immutable;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>Verifies registration responses. UAF 1.1 protocol §3.4.6.5.</summary>
/// <remarks>
/// Pure: the same expectations and response always give the same answer. What the caller does, before and after:
/// <list type="number">
/// <item>read the response (<see cref="RegistrationResponse.Parse(string, UafLeniencies)"/>), find the request it answers, and fetch the registrations of its keys;</item>
/// <item>verify;</item>
/// <item>consume <see cref="UafExpectations.ReplayKey"/> atomically: a challenge that was consumed before refuses the response;</item>
/// <item>store the registration under a unique key of AAID and KeyID over all users: a second insert refuses the response.</item>
/// </list>
/// </remarks>
public sealed class UafRegistrationVerifier
{
    private readonly PublicKeyCache? _keys;

    /// <summary>A verifier; one for the process is enough.</summary>
    /// <param name="keys">Imported keys, shared with the authentication verifier; null for a cache that all verifiers share.</param>
    public UafRegistrationVerifier(PublicKeyCache? keys = null) => _keys = keys;

    /// <summary>Reads and verifies a response with one assertion.</summary>
    /// <param name="expected">What was sent, and what is trusted.</param>
    /// <param name="json">The JSON array as the client sent it.</param>
    /// <param name="steps">Gets the checks that were made, in order; null when nobody reads them.</param>
    /// <returns>The registration to store, or the refusal of the first check that does not hold.</returns>
    public MedIdResult<UafRegistration> Verify(UafRegistrationExpectations expected, string json, ICollection<UafStep>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var response = RegistrationResponse.Parse(json, expected.DangerouslyTolerate);
        new StepTrace(steps, UafSections.Registration).Judge(1, "message", response.Error);
        return response.Succeeded ? Verify(expected, response.Value, steps) : response.Error;
    }

    /// <summary>Verifies a response with one assertion.</summary>
    /// <param name="expected">What was sent, and what is trusted.</param>
    /// <param name="response">The response.</param>
    /// <param name="steps">Gets the checks that were made, in order; null when nobody reads them.</param>
    /// <returns>The registration to store, or the refusal of the first check that does not hold.</returns>
    public MedIdResult<UafRegistration> Verify(UafRegistrationExpectations expected, RegistrationResponse response, ICollection<UafStep>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.Assertions.Count != 1)
        {
            return new MedIdError(UafErrorCodes.AssertionCount, ErrorCategory.Unsupported, UafSections.Registration);
        }

        var outcome = Examine(expected, response, steps);
        return outcome.Succeeded ? outcome.Registrations[0] : outcome.Error;
    }

    /// <summary>Verifies a response to a policy that may ask for several authenticators together.</summary>
    /// <param name="expected">What was sent, and what is trusted.</param>
    /// <param name="response">The response.</param>
    /// <param name="steps">Gets the checks that were made, in order; null when nobody reads them.</param>
    /// <returns>
    /// The registrations to store, at least one, which together complete the policy; or the refusal. An assertion that is refused is passed over;
    /// where the others do not complete the policy, its refusal is the outcome.
    /// </returns>
    public MedIdResult<ImmutableArray<UafRegistration>> VerifyAll(
        UafRegistrationExpectations expected, RegistrationResponse response, ICollection<UafStep>? steps = null)
    {
        var outcome = Examine(expected, response, steps);
        return outcome.Succeeded ? outcome.Registrations : outcome.Error;
    }

    /// <summary>Reads and verifies a response, and says of each assertion what became of it.</summary>
    /// <param name="expected">What was sent, and what is trusted.</param>
    /// <param name="json">The JSON array as the client sent it.</param>
    /// <param name="steps">Gets the checks that were made, in order; null when nobody reads them.</param>
    public UafRegistrationOutcome Examine(UafRegistrationExpectations expected, string json, ICollection<UafStep>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var response = RegistrationResponse.Parse(json, expected.DangerouslyTolerate);
        new StepTrace(steps, UafSections.Registration).Judge(1, "message", response.Error);
        return response.Succeeded ? Examine(expected, response.Value, steps) : new(response.Error, UafLeniencies.None, []);
    }

    /// <summary>Verifies a response, and says of each assertion what became of it.</summary>
    /// <param name="expected">What was sent, and what is trusted.</param>
    /// <param name="response">The response.</param>
    /// <param name="steps">Gets the checks that were made, in order; null when nobody reads them.</param>
    public UafRegistrationOutcome Examine(UafRegistrationExpectations expected, RegistrationResponse response, ICollection<UafStep>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(response);
        var trace = new StepTrace(steps, UafSections.Registration);
        if (ResponseChecks.Verify(expected, response.Header, response.FinalChallenge, trace) is { } refusal)
        {
            return new(refusal, response.LenienciesUsed, []);
        }

        MedIdError? first = null;
        var verdicts = ImmutableArray.CreateBuilder<UafRegistrationVerdict>(response.Assertions.Count);
        var candidates = new List<PolicyCandidate>(response.Assertions.Count);
        foreach (var assertion in response.Assertions)
        {
            var verdict = VerifyOne(expected, response, assertion, trace.ForAssertion(expected.DangerouslyTolerate), out var candidate);
            if (verdict.Registration is { } registration && verdicts.Any(other => other.Registration?.Reference == registration.Reference))
            {
                verdict = verdict with { Registration = null, Error = trace.Refuse(UafErrorCodes.AlreadyRegistered, ErrorCategory.State) };
            }

            first ??= verdict.Error;
            verdicts.Add(verdict);
            if (verdict.Registration is not null)
            {
                candidates.Add(candidate);
            }
        }

        // Check 13, second half: what one alternative asks for together is there together.
        var error = candidates.Count == 0 ? first
            : expected.Policy.IsCompletedBy(candidates) ? null
            : first ?? trace.Refuse(UafErrorCodes.PolicyNotMet, ErrorCategory.Policy, "the alternative is not complete");
        return new(error, response.LenienciesUsed, verdicts.DrainToImmutable());
    }

    private UafRegistrationVerdict VerifyOne(
        UafRegistrationExpectations expected, RegistrationResponse response, UafAssertion wire, StepTrace trace, out PolicyCandidate candidate)
    {
        candidate = default;
        var rule = expected.Algorithms.For(SignatureUse.UafAttestation, expected.Now);

        // 9: TLV, its mandatory elements and their lengths (authnr-cmds §5.2.1).
        if (trace.Judge(9, "assertion", RegistrationAssertion.Read(wire.Content.Span, out var assertion, trace.Tolerance)) is { } unreadable)
        {
            return new() { Error = unreadable };
        }

        var keyId = UafKeyId.FromTolerated(assertion.KeyId);
        SignatureAlgorithm algorithm = null!;
        PublicKey key = null!;
        AttestationTrust trust = default;
        var standing = UafRisks.None;
        var encoding = default(PublicKeyEncoding);

        // 10 to 12: the model is known, speaks this scheme, is not revoked. Gathering metadata and its status is the caller's duty.
        var refusal = trace.Judge(10, "metadata", AssertionChecks.Model(expected, assertion.Aaid, trace, out var model))
            ?? trace.Judge(11, "assertion scheme", AssertionChecks.Scheme(wire, model, trace))
            ?? trace.Judge(12, "standing", AssertionChecks.Standing(expected, assertion.Aaid, Leaf(assertion), assertion.Info.AuthenticatorVersion, trace, out standing))
            ?? trace.Judge(9, "KeyID", AssertionChecks.KeyIdLength(model, assertion.KeyId, trace))

            // 13: the policy accepts it and does not disallow it.
            ?? trace.Judge(13, "policy", AssertionChecks.Policy(expected, model, assertion.Info.AuthenticatorVersion, keyId, trace))

            // 14: algorithm and key format are the model's, and accepted here.
            ?? trace.Judge(14, "algorithm", AssertionChecks.Algorithm(model, assertion.Info.Algorithm, rule, trace, out algorithm))
            ?? trace.Judge(14, "key format", KeyFormat(model, assertion, algorithm, trace, out encoding))

            // 15: the kind of attestation is the model's best and the policy's choice.
            ?? trace.Judge(15, "attestation type", AttestationType(expected, model, assertion, keyId, trace))

            // 16: the hash of the final challenge parameters, over their text as received.
            ?? trace.Judge(16, "final challenge", AssertionChecks.FinalChallenge(response.FinalChallenge, algorithm, assertion.FinalChallengeHash, trace))

            // 17: a registration verifies the user, nothing else.
            ?? trace.Judge(17, "mode", assertion.Info.Mode == AssertionInfo.UserVerified, UafErrorCodes.Mode, ErrorCategory.Protocol)

            // 18: firmware is not older than the metadata speaks of.
            ?? trace.Judge(18, "authenticator version", AssertionChecks.Firmware(expected, model.AuthenticatorVersion, assertion.Info.AuthenticatorVersion, trace))

            // 19: the registration counter is not exceedingly high; meaningless where keys are not restricted.
            ?? trace.Judge(19, "registration counter", RegistrationCounter(expected, model, assertion.RegistrationCounter, trace), model.IsKeyRestricted)

            // 20: the public key is one.
            ?? trace.Judge(20, "public key", CoseAlgorithm(assertion, algorithm, trace) ?? UafPublicKey.Read(_keys, assertion.Info.KeyFormat, encoding, assertion.PublicKey, algorithm, rule, trace, out key))

            // 21: the attestation holds.
            ?? trace.Judge(21, "attestation", AttestationVerification.Verify(expected, model, assertion, algorithm, rule, key, trace, out trust))

            // 22: extensions that must be understood are.
            ?? trace.Judge(22, "extensions", AssertionChecks.Extensions(expected, wire, assertion.SignedExtensions, assertion.OuterExtensions, trace))

            // 23: nobody has this key yet. The unique insert is the caller's (24).
            ?? trace.Judge(23, "new key", !IsRegistered(expected, assertion.Aaid, keyId), UafErrorCodes.AlreadyRegistered, ErrorCategory.State);
        var verdict = new UafRegistrationVerdict { Aaid = assertion.Aaid, KeyId = keyId, Error = refusal, LenienciesUsed = trace.Tolerance.Used };
        if (refusal is not null)
        {
            return verdict;
        }

        candidate = new PolicyCandidate(model, assertion.Info.AuthenticatorVersion, keyId);
        var registration = new UafRegistration
        {
            Aaid = assertion.Aaid,
            KeyId = keyId,
            User = expected.User,
            Algorithm = assertion.Info.Algorithm,
            KeyFormat = assertion.Info.KeyFormat,
            PublicKey = assertion.PublicKey.ToArray(),
            SignCounter = assertion.SignCounter,
            RegistrationCounter = assertion.RegistrationCounter,
            AuthenticatorVersion = assertion.Info.AuthenticatorVersion,
            AttestationType = assertion.Attestation.Type,
            AttestationCertificate = trust.Certificate,
            TrustAnchor = trust.Anchor,
            PngCharacteristics = wire.PngCharacteristics,
            RegisteredAt = expected.Now,
        };
        var outdated = assertion.Info.AuthenticatorVersion < model.AuthenticatorVersion ? UafRisks.OutdatedFirmware : UafRisks.None;
        var weak = rule.AllowsOnlyAsWeak(algorithm, key) ? UafRisks.WeakAlgorithm : UafRisks.None;
        return verdict with { Registration = registration, Risks = trust.Risks | outdated | weak | standing };
    }

    private static ReadOnlyMemory<byte> Leaf(in RegistrationAssertion assertion) => assertion.Attestation.Certificates.Count > 0 ? assertion.Attestation.Certificates[0] : default;

    private static MedIdError? KeyFormat(
        UafMetadataStatement model, in RegistrationAssertion assertion, SignatureAlgorithm algorithm, StepTrace trace, out PublicKeyEncoding encoding)
    {
        encoding = default;
        if (!model.PublicKeyFormats.Contains(assertion.Info.KeyFormat)
            || UafPublicKey.Encoding(assertion.Info.KeyFormat, algorithm, assertion.PublicKey, trace.Tolerance) is not { } known)
        {
            return trace.Refuse(UafErrorCodes.KeyFormatMismatch, ErrorCategory.Untrusted);
        }

        encoding = known;
        return null;
    }

    private static MedIdError? CoseAlgorithm(in RegistrationAssertion assertion, SignatureAlgorithm algorithm, StepTrace trace) => trace.Require(
        assertion.Info.KeyFormat != FidoKeyFormat.Cose || UafPublicKey.IsOfAlgorithm(assertion.PublicKey, algorithm),
        UafErrorCodes.PublicKeyInvalid,
        ErrorCategory.Untrusted,
        "the COSE key is not one of the algorithm");

    private static MedIdError? AttestationType(
        UafExpectations expected, UafMetadataStatement model, in RegistrationAssertion assertion, UafKeyId keyId, StepTrace trace)
    {
        var type = assertion.Attestation.Type;
        if (type == UafAttestationType.Ecdaa)
        {
            return trace.Refuse(UafErrorCodes.EcdaaUnsupported, ErrorCategory.Unsupported);
        }

        if (type == UafAttestationType.BasicSurrogate && model.AttestationRootCertificates.Count > 0)
        {
            return trace.Refuse(UafErrorCodes.AttestationDowngrade, ErrorCategory.Untrusted);
        }

        // The policy lists types in order of preference: the first that the model has is the one to use.
        var candidate = new PolicyCandidate(model, assertion.Info.AuthenticatorVersion, keyId);
        var preferred = expected.Policy.Accepted.Any(alternative => alternative.Any(criteria => candidate.Fits(criteria)
            && (criteria.AttestationTypes.Count == 0 || criteria.AttestationTypes.First(model.AttestationTypes.Contains) == type)));
        return trace.Require(preferred && model.AttestationTypes.Contains(type), UafErrorCodes.AttestationType, ErrorCategory.Policy);
    }

    private static MedIdError? RegistrationCounter(UafRegistrationExpectations expected, UafMetadataStatement model, uint counter, StepTrace trace) =>
        trace.Require(!model.IsKeyRestricted || counter <= expected.MaximumRegistrationCounter, UafErrorCodes.RegistrationCounter, ErrorCategory.Untrusted);

    private static bool IsRegistered(UafRegistrationExpectations expected, Aaid aaid, UafKeyId keyId) =>
        expected.Existing.Any(registration => registration.Aaid == aaid && registration.KeyId == keyId);
}
