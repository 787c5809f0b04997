using System.Collections.Immutable;
using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>Verifies authentication responses, with and without a transaction. UAF 1.1 protocol §3.5.7.5.</summary>
/// <remarks>
/// Pure: the same expectations and response always give the same answer. What the caller does, before and after:
/// <list type="number">
/// <item>read the response (<see cref="AuthenticationResponse.Parse(string)"/>), find the request it answers, and fetch the registrations of its keys;</item>
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
        var response = AuthenticationResponse.Parse(json);
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

        var all = VerifyAll(expected, response, steps);
        return all.Succeeded ? all.Value[0] : all.Error;
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
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(response);
        var trace = new StepTrace(steps, UafSections.Authentication);
        if (ResponseChecks.Verify(expected, response.Header, response.FinalChallenge, trace) is { } refusal)
        {
            return refusal;
        }

        MedIdError? first = null;
        var evidence = ImmutableArray.CreateBuilder<UafAuthentication>(response.Assertions.Count);
        var candidates = new List<PolicyCandidate>(response.Assertions.Count);
        foreach (var assertion in response.Assertions)
        {
            var one = VerifyOne(expected, response, assertion, trace);
            if (!one.Succeeded)
            {
                first ??= one.Error;
            }
            else if (evidence.Count > 0 && one.Value.User != evidence[0].User)
            {
                // Nobody was named and the keys do not agree who it is.
                return trace.Refuse(UafErrorCodes.KeyOfOtherUser, ErrorCategory.Untrusted);
            }
            else if (evidence.Any(other => other.Registration.Reference == one.Value.Registration.Reference))
            {
                first ??= trace.Refuse(UafErrorCodes.CounterNotAdvanced, ErrorCategory.Untrusted, "one key twice in a response");
            }
            else
            {
                evidence.Add(one.Value);
                candidates.Add(new(one.Value.Model, one.Value.AuthenticatorVersion, one.Value.KeyId));
            }
        }

        if (evidence.Count == 0)
        {
            return first!;
        }

        // Check 11, second half: what one alternative asks for together is there together.
        return expected.Policy.IsCompletedBy(candidates)
            ? evidence.ToImmutable()
            : first ?? trace.Refuse(UafErrorCodes.PolicyNotMet, ErrorCategory.Policy, "the alternative is not complete");
    }

    private MedIdResult<UafAuthentication> VerifyOne(
        UafAuthenticationExpectations expected, AuthenticationResponse response, UafAssertion wire, StepTrace trace)
    {
        var rule = expected.Algorithms.For(SignatureUse.UafAssertion, expected.Now);

        // 9: TLV, its mandatory elements and their lengths (authnr-cmds §5.2.2).
        if (trace.Judge(9, "assertion", SignAssertion.Read(wire.Content.Span, out var assertion)) is { } unreadable)
        {
            return unreadable;
        }

        var keyId = UafKeyId.FromBytes(assertion.KeyId);
        UafRegistration registration = null!;
        SignatureAlgorithm algorithm = null!;
        UafTransaction? transaction = null;
        var counter = UafSignCounterVerdict.NotAdvanced;

        // 10: the model is known, speaks this scheme, is not revoked. Gathering metadata and its status is the caller's duty.
        var refusal = trace.Judge(10, "metadata", AssertionChecks.Model(expected, assertion.Aaid, trace, out var model))
            ?? trace.Judge(10, "assertion scheme", AssertionChecks.Scheme(wire, model, trace))
            ?? trace.Judge(10, "standing", AssertionChecks.Standing(expected, assertion.Aaid, trace))
            ?? trace.Judge(9, "KeyID", AssertionChecks.KeyIdLength(model, assertion.KeyId, trace))

            // 11: the policy accepts it and does not disallow it.
            ?? trace.Judge(11, "policy", AssertionChecks.Policy(expected, model, assertion.Info.AuthenticatorVersion, keyId, trace))

            // 13, 14: the key is registered, for this model and this user. (Before 12, which needs the registration.)
            ?? trace.Judge(13, "registration", Registration(expected, assertion.Aaid, keyId, trace, out registration))

            // 12: firmware is older neither than the metadata speaks of nor than at registration.
            ?? trace.Judge(
                12,
                "authenticator version",
                assertion.Info.AuthenticatorVersion >= Math.Max(model.AuthenticatorVersion, registration.AuthenticatorVersion),
                UafErrorCodes.AuthenticatorOutdated,
                ErrorCategory.Policy)

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
            ?? trace.Judge(20, "signature counter", Counter(model, registration, assertion.SignCounter, trace, out counter), counter != UafSignCounterVerdict.NotSupported);
        return refusal is null
            ? new UafAuthentication(registration, model, expected, assertion, response.FinalChallenge.FacetId, transaction, counter)
            : refusal;
    }

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
        UafMetadataStatement model, UafRegistration registration, UafAlgorithm stated, AlgorithmRule rule, StepTrace trace, out SignatureAlgorithm algorithm)
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
            var length = CryptographicOperations.HashData(algorithm.Hash, rendering.Content.Span, hash);
            if (CryptographicOperations.FixedTimeEquals(hash[..length], signed))
            {
                confirmed = rendering;
                return null;
            }
        }

        return trace.Refuse(UafErrorCodes.TransactionMismatch, ErrorCategory.Untrusted);
    }

    private MedIdError? Signature(UafRegistration registration, in SignAssertion assertion, SignatureAlgorithm algorithm, AlgorithmRule rule, StepTrace trace)
    {
        var encoded = registration.PublicKey.Span;
        if (UafPublicKey.Encoding(registration.KeyFormat, algorithm, encoded) is not { } encoding)
        {
            return trace.Refuse(UafErrorCodes.KeyFormatMismatch, ErrorCategory.Untrusted);
        }

        return UafPublicKey.Read(_keys, encoding, encoded, algorithm, rule, trace, out var key)
            ?? trace.Require(key.Verify(algorithm, assertion.SignedBytes, assertion.Signature), UafErrorCodes.SignatureInvalid, ErrorCategory.Untrusted);
    }

    private static MedIdError? Counter(
        UafMetadataStatement model, UafRegistration registration, uint received, StepTrace trace, out UafSignCounterVerdict verdict)
    {
        verdict = UafSignCounter.Judge(registration.SignCounter, received, model.IsKeyRestricted);
        return trace.Require(verdict != UafSignCounterVerdict.NotAdvanced, UafErrorCodes.CounterNotAdvanced, ErrorCategory.Untrusted);
    }
}
