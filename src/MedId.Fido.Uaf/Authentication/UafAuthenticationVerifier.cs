using System.Collections.Immutable;
using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>Verifies authentication responses, with and without a transaction. UAF 1.1 protocol §3.5.7.5.</summary>
/// <remarks>
/// Pure: the same expectations and response always give the same answer. What the caller does, before and after:
/// <list type="number">
/// <item>read the response (<see cref="AuthenticationResponse.Parse(string, UafLeniencies)"/>), find the request it answers, and fetch the registrations of its keys;</item>
/// <item>verify;</item>
/// <item>consume <see cref="UafExpectations.ReplayKey"/> atomically: a challenge that was consumed before refuses the response;</item>
/// <item>store <see cref="UafAuthentication.SignCounter"/> by compare-and-swap on the counter of <see cref="UafAuthentication.Registration"/>:
/// a lost swap refuses the response like <c>uaf.counter_not_advanced</c>, unless the verdict is <see cref="UafSignCounterVerdict.NotSupported"/>.</item>
/// </list>
/// </remarks>
public sealed class UafAuthenticationVerifier
{
    private readonly PublicKeyCache? _keys;

    /// <summary>A verifier; one for the process is enough.</summary>
    /// <param name="keys">Imported keys, shared with the registration verifier; null for a cache that all verifiers share.</param>
    public UafAuthenticationVerifier(PublicKeyCache? keys = null) => _keys = keys;

    /// <summary>Reads and verifies a response with one assertion.</summary>
    /// <param name="expected">What was sent, and what is trusted.</param>
    /// <param name="json">The JSON array as the client sent it.</param>
    /// <param name="steps">Gets the checks that were made, in order; null when nobody reads them.</param>
    /// <returns>The evidence, or the refusal of the first check that does not hold.</returns>
    public MedIdResult<UafAuthentication> Verify(UafAuthenticationExpectations expected, string json, ICollection<UafStep>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var response = AuthenticationResponse.Parse(json, expected.DangerouslyTolerate);
        new StepTrace(steps, UafSections.Authentication).Judge(1, "message", response.Error);
        return response.Succeeded ? Verify(expected, response.Value, steps) : response.Error;
    }

    /// <summary>Verifies a response with one assertion.</summary>
    /// <param name="expected">What was sent, and what is trusted.</param>
    /// <param name="response">The response.</param>
    /// <param name="steps">Gets the checks that were made, in order; null when nobody reads them.</param>
    /// <returns>The evidence, or the refusal of the first check that does not hold.</returns>
    public MedIdResult<UafAuthentication> Verify(UafAuthenticationExpectations expected, AuthenticationResponse response, ICollection<UafStep>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.Assertions.Count != 1)
        {
            return new MedIdError(UafErrorCodes.AssertionCount, ErrorCategory.Unsupported, UafSections.Authentication);
        }

        var outcome = Examine(expected, response, steps);
        return outcome.Succeeded ? outcome.Authentications[0] : outcome.Error;
    }

    /// <summary>Verifies a response to a policy that may ask for several authenticators together.</summary>
    /// <param name="expected">What was sent, and what is trusted.</param>
    /// <param name="response">The response.</param>
    /// <param name="steps">Gets the checks that were made, in order; null when nobody reads them.</param>
    /// <returns>
    /// The evidence of each assertion, at least one, all of one user, which together complete the policy; or the refusal. An assertion that is refused is
    /// passed over; where the others do not complete the policy, its refusal is the outcome.
    /// </returns>
    public MedIdResult<ImmutableArray<UafAuthentication>> VerifyAll(
        UafAuthenticationExpectations expected, AuthenticationResponse response, ICollection<UafStep>? steps = null)
    {
        var outcome = Examine(expected, response, steps);
        return outcome.Succeeded ? outcome.Authentications : outcome.Error;
    }

    /// <summary>Reads and verifies a response, and says of each assertion what became of it.</summary>
    /// <param name="expected">What was sent, and what is trusted.</param>
    /// <param name="json">The JSON array as the client sent it.</param>
    /// <param name="steps">Gets the checks that were made, in order; null when nobody reads them.</param>
    public UafAuthenticationOutcome Examine(UafAuthenticationExpectations expected, string json, ICollection<UafStep>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var response = AuthenticationResponse.Parse(json, expected.DangerouslyTolerate);
        new StepTrace(steps, UafSections.Authentication).Judge(1, "message", response.Error);
        return response.Succeeded ? Examine(expected, response.Value, steps) : new(response.Error, UafLeniencies.None, []);
    }

    /// <summary>Verifies a response, and says of each assertion what became of it.</summary>
    /// <param name="expected">What was sent, and what is trusted.</param>
    /// <param name="response">The response.</param>
    /// <param name="steps">Gets the checks that were made, in order; null when nobody reads them.</param>
    public UafAuthenticationOutcome Examine(UafAuthenticationExpectations expected, AuthenticationResponse response, ICollection<UafStep>? steps = null)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(response);
        var trace = new StepTrace(steps, UafSections.Authentication);
        if (ResponseChecks.Verify(expected, response.Header, response.FinalChallenge, trace) is { } refusal)
        {
            return new(refusal, response.LenienciesUsed, []);
        }

        MedIdError? first = null;
        UafAuthentication? holder = null;
        var verdicts = ImmutableArray.CreateBuilder<UafAuthenticationVerdict>(response.Assertions.Count);
        var candidates = new List<PolicyCandidate>(response.Assertions.Count);
        foreach (var assertion in response.Assertions)
        {
            var verdict = VerifyOne(expected, response, assertion, trace.ForAssertion(expected.DangerouslyTolerate));
            if (verdict.Authentication is { } one)
            {
                if (holder is not null && one.User != holder.User)
                {
                    // Nobody was named and the keys do not agree who it is.
                    var strangers = trace.Refuse(UafErrorCodes.KeyOfOtherUser, ErrorCategory.Untrusted);
                    verdicts.Add(verdict with { Authentication = null, Error = strangers });
                    return new(strangers, response.LenienciesUsed, verdicts.ToImmutable());
                }

                if (verdicts.Any(other => other.Authentication?.Registration.Reference == one.Registration.Reference))
                {
                    verdict = verdict with { Authentication = null, Error = trace.Refuse(UafErrorCodes.CounterNotAdvanced, ErrorCategory.Untrusted, "one key twice in a response") };
                }
                else
                {
                    holder ??= one;
                    candidates.Add(new(one.Model, one.AuthenticatorVersion, one.KeyId));
                }
            }

            first ??= verdict.Error;
            verdicts.Add(verdict);
        }

        // Check 11, second half: what one alternative asks for together is there together.
        var error = candidates.Count == 0 ? first
            : expected.Policy.IsCompletedBy(candidates) ? null
            : first ?? trace.Refuse(UafErrorCodes.PolicyNotMet, ErrorCategory.Policy, "the alternative is not complete");
        return new(error, response.LenienciesUsed, verdicts.DrainToImmutable());
    }

    private UafAuthenticationVerdict VerifyOne(
        UafAuthenticationExpectations expected, AuthenticationResponse response, UafAssertion wire, StepTrace trace)
    {
        var rule = expected.Algorithms.For(SignatureUse.UafAssertion, expected.Now);

        // 9: TLV, its mandatory elements and their lengths (authnr-cmds §5.2.2).
        if (trace.Judge(9, "assertion", SignAssertion.Read(wire.Content.Span, out var assertion, trace.Tolerance)) is { } unreadable)
        {
            return new() { Error = unreadable };
        }

        var keyId = UafKeyId.FromTolerated(assertion.KeyId);
        UafRegistration registration = null!;
        SignatureAlgorithm algorithm = null!;
        UafTransaction? transaction = null;
        var standing = UafRisks.None;
        var counter = UafSignCounterVerdict.Advanced;

        // 10: the model is known, speaks this scheme, is not revoked. Gathering metadata and its status is the caller's duty.
        var refusal = trace.Judge(10, "metadata", AssertionChecks.Model(expected, assertion.Aaid, trace, out var model))
            ?? trace.Judge(10, "assertion scheme", AssertionChecks.Scheme(wire, model, trace))
            ?? trace.Judge(10, "standing", AssertionChecks.Standing(expected, assertion.Aaid, Attested(expected, assertion.Aaid, keyId), assertion.Info.AuthenticatorVersion, trace, out standing))
            ?? trace.Judge(9, "KeyID", AssertionChecks.KeyIdLength(model, assertion.KeyId, trace))

            // 11: the policy accepts it and does not disallow it.
            ?? trace.Judge(11, "policy", AssertionChecks.Policy(expected, model, assertion.Info.AuthenticatorVersion, keyId, trace))

            // 13, 14: the key is registered, for this model and this user. (Before 12, which needs the registration.)
            ?? trace.Judge(13, "registration", Registration(expected, assertion.Aaid, keyId, trace, out registration))

            // 12: firmware is older neither than the metadata speaks of nor than at registration.
            ?? trace.Judge(12, "authenticator version", AssertionChecks.Firmware(expected, Latest(model, registration), assertion.Info.AuthenticatorVersion, trace))

            // 15: the algorithm is the registered one, the model's, and accepted here.
            ?? trace.Judge(15, "algorithm", Algorithm(model, registration, assertion.Info.Algorithm, rule, trace, out algorithm))

            // 16: the hash of the final challenge parameters, over their text as received.
            ?? trace.Judge(16, "final challenge", AssertionChecks.FinalChallenge(response.FinalChallenge, algorithm, assertion.FinalChallengeHash, trace))

            // 17: a transaction was sent, then it is confirmed; none was, then none is. The text of the standard alone would let an authenticator drop it.
            ?? trace.Judge(17, "mode", Mode(expected, model, assertion.Info.Mode, trace))

            // 18: what was confirmed is one of the renderings that were sent, byte for byte.
            ?? trace.Judge(18, "transaction", Transaction(expected, algorithm, assertion.TransactionContentHash, trace, out transaction), expected.Transactions.Count > 0)

            // 22 of registrations: extensions that must be understood are.
            ?? trace.Judge(18, "extensions", AssertionChecks.Extensions(expected, wire, assertion.SignedExtensions, assertion.OuterExtensions, trace))

            // 19: the signature, over the element with its header.
            ?? trace.Judge(19, "signature", Signature(registration, assertion, algorithm, rule, trace))

            // 20: the counter, only now that it is known to be the authenticator's. Storing it (21) is the caller's.
            ?? trace.Judge(20, "signature counter", Counter(expected, model, registration, assertion.SignCounter, trace, out counter), counter != UafSignCounterVerdict.NotSupported);
        var risks = counter switch
        {
            UafSignCounterVerdict.NotAdvanced when refusal is null || refusal.Code == UafErrorCodes.CounterNotAdvanced => UafRisks.CloneSuspected,
            UafSignCounterVerdict.NotSupported => UafRisks.NoCounter,
            _ => UafRisks.None,
        };
        if (refusal is not null)
        {
            return new() { Aaid = assertion.Aaid, KeyId = keyId, Error = refusal, LenienciesUsed = trace.Tolerance.Used, Risks = risks };
        }

        risks |= registration.IsAttested ? UafRisks.None : UafRisks.Unattested;
        risks |= assertion.Info.AuthenticatorVersion < Latest(model, registration) ? UafRisks.OutdatedFirmware : UafRisks.None;
        risks |= standing;
        var leniencies = response.LenienciesUsed | trace.Tolerance.Used;
        return new()
        {
            Aaid = assertion.Aaid,
            KeyId = keyId,
            Authentication = new UafAuthentication(registration, model, expected, assertion, response.FinalChallenge.FacetId, transaction, counter)
            {
                Risks = risks,
                LenienciesUsed = leniencies,
            },
            LenienciesUsed = trace.Tolerance.Used,
            Risks = risks,
        };
    }

    // The certificate that attested the key, which a status report may be about.
    private static ReadOnlyMemory<byte> Attested(UafAuthenticationExpectations expected, Aaid aaid, UafKeyId keyId)
    {
        foreach (var registration in expected.Registrations)
        {
            if (registration.Aaid == aaid && registration.KeyId == keyId)
            {
                return registration.AttestationCertificate;
            }
        }

        return default;
    }

    private static ushort Latest(UafMetadataStatement model, UafRegistration registration) => Math.Max(model.AuthenticatorVersion, registration.AuthenticatorVersion);

    private static MedIdError? Registration(
        UafAuthenticationExpectations expected, Aaid aaid, UafKeyId keyId, StepTrace trace, out UafRegistration registration)
    {
        registration = null!;
        foreach (var candidate in expected.Registrations)
        {
            if (candidate.Aaid == aaid && candidate.KeyId == keyId)
            {
                registration = candidate;
                var isTheirs = expected.User is null || string.Equals(candidate.User, expected.User, StringComparison.Ordinal);
                return trace.Require(isTheirs, UafErrorCodes.KeyOfOtherUser, ErrorCategory.Untrusted);
            }
        }

        return trace.Refuse(UafErrorCodes.KeyUnknown, ErrorCategory.State);
    }

    private static MedIdError? Algorithm(
        UafMetadataStatement model, UafRegistration registration, FidoAlgorithm stated, AlgorithmRule rule, StepTrace trace, out SignatureAlgorithm algorithm)
    {
        algorithm = null!;
        return trace.Require(stated == registration.Algorithm, UafErrorCodes.AlgorithmMismatch, ErrorCategory.Untrusted)
            ?? AssertionChecks.Algorithm(model, stated, rule, trace, out algorithm);
    }

    private static MedIdError? Mode(UafAuthenticationExpectations expected, UafMetadataStatement model, byte mode, StepTrace trace)
    {
        var asked = expected.Transactions.Count > 0 ? AssertionInfo.TransactionConfirmed : AssertionInfo.UserVerified;
        var hasShown = mode != AssertionInfo.TransactionConfirmed || model.TransactionDisplay != default;
        return trace.Require(mode == asked, UafErrorCodes.Mode, ErrorCategory.Protocol)
            ?? trace.Require(hasShown, UafErrorCodes.Mode, ErrorCategory.Untrusted, "the model has no transaction display");
    }

    private static MedIdError? Transaction(
        UafAuthenticationExpectations expected, SignatureAlgorithm algorithm, ReadOnlySpan<byte> signed, StepTrace trace, out UafTransaction? confirmed)
    {
        confirmed = null;
        if (expected.Transactions.Count == 0)
        {
            return trace.Require(signed.IsEmpty, UafErrorCodes.TransactionMismatch, ErrorCategory.Protocol);
        }

        Span<byte> hash = stackalloc byte[SignedFields.MaximumHashBytes];
        foreach (var rendering in expected.Transactions)
        {
            var length = UafHash.HashData(algorithm, rendering.Content.Span, hash);
            if (CryptographicOperations.FixedTimeEquals(hash[..length], signed))
            {
                confirmed = rendering;
                return trace.Require(rendering.IsStandard || trace.Tolerance.Take(UafLeniencies.Utf8Transaction), UafErrorCodes.TransactionContent, ErrorCategory.Policy);
            }
        }

        return trace.Refuse(UafErrorCodes.TransactionMismatch, ErrorCategory.Untrusted);
    }

    private MedIdError? Signature(UafRegistration registration, in SignAssertion assertion, SignatureAlgorithm algorithm, AlgorithmRule rule, StepTrace trace)
    {
        var encoded = registration.PublicKey.Span;
        if (UafPublicKey.Encoding(registration.KeyFormat, algorithm, encoded, trace.Tolerance) is not { } encoding)
        {
            return trace.Refuse(UafErrorCodes.KeyFormatMismatch, ErrorCategory.Untrusted);
        }

        return UafPublicKey.Read(_keys, registration.KeyFormat, encoding, encoded, algorithm, rule, trace, out var key)
            ?? trace.Require(UafPublicKey.Verify(key, algorithm, assertion.SignedBytes, assertion.Signature, trace.Tolerance), UafErrorCodes.SignatureInvalid, ErrorCategory.Untrusted);
    }

    private static MedIdError? Counter(
        UafAuthenticationExpectations expected,
        UafMetadataStatement model,
        UafRegistration registration,
        uint received,
        StepTrace trace,
        out UafSignCounterVerdict verdict)
    {
        verdict = UafSignCounter.Judge(registration.SignCounter, received, model.IsKeyRestricted);
        return trace.Require(
            verdict != UafSignCounterVerdict.NotAdvanced || expected.CounterPolicy == UafCounterPolicy.Report,
            UafErrorCodes.CounterNotAdvanced,
            ErrorCategory.Untrusted);
    }
}
