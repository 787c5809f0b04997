using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>Checks that assertions of registrations and authentications share.</summary>
internal static class AssertionChecks
{
    public static MedIdError? Model(UafExpectations expected, Aaid aaid, StepTrace trace, out UafMetadataStatement model)
    {
        model = expected.Metadata.Find(aaid)!;
        return model is null ? trace.Refuse(UafErrorCodes.AaidUnknown, ErrorCategory.Untrusted, aaid.ToString()) : null;
    }

    public static MedIdError? Scheme(UafAssertion assertion, UafMetadataStatement model, StepTrace trace) => trace.Require(
        assertion.Scheme == MatchCriteria.Uafv1Tlv && assertion.Scheme == model.AssertionScheme, UafErrorCodes.SchemeMismatch, ErrorCategory.Protocol);

    /// <summary>Neither the model nor, where the reports name one, its attestation certificate is revoked or compromised.</summary>
    public static MedIdError? Standing(
        UafExpectations expected, Aaid aaid, ReadOnlyMemory<byte> attestationCertificate, ushort version, StepTrace trace, out UafRisks risks)
    {
        var (refusal, hasUpdate) = expected.Metadata.Judge(aaid, attestationCertificate, version, expected.Now);
        risks = hasUpdate ? UafRisks.UpdateAvailable : UafRisks.None;
        return trace.Require(refusal is null && !expected.Metadata.IsRevoked(aaid), UafErrorCodes.AuthenticatorRevoked, ErrorCategory.Untrusted, refusal);
    }

    /// <summary>Firmware is not older than it has to be; tolerated by name only.</summary>
    public static MedIdError? Firmware(UafExpectations expected, ushort least, ushort stated, StepTrace trace) =>
        trace.Require(stated >= least || expected.AcceptOutdatedFirmware, UafErrorCodes.AuthenticatorOutdated, ErrorCategory.Policy);

    public static MedIdError? Policy(UafExpectations expected, UafMetadataStatement model, ushort version, UafKeyId keyId, StepTrace trace) =>
        trace.Require(expected.Policy.Allows(model, version, keyId), UafErrorCodes.PolicyNotMet, ErrorCategory.Policy);

    /// <summary>KeyIDs are 32 bytes unless the model stores its keys in them.</summary>
    public static MedIdError? KeyIdLength(UafMetadataStatement model, ReadOnlySpan<byte> keyId, StepTrace trace) =>
        trace.Require(
            keyId.Length <= UafKeyId.MinimumBytes || model.UsesKeyHandles || trace.Tolerance.Take(UafLeniencies.KeyHandleKeyIds),
            UafErrorCodes.KeyIdLength,
            ErrorCategory.Protocol);

    public static MedIdError? Algorithm(UafMetadataStatement model, FidoAlgorithm algorithm, AlgorithmRule rule, StepTrace trace, out SignatureAlgorithm row)
    {
        row = null!;
        return trace.Require(model.AuthenticationAlgorithms.Contains(algorithm), UafErrorCodes.AlgorithmMismatch, ErrorCategory.Untrusted)
            ?? trace.Require(
                SignatureAlgorithm.TryFromUaf((ushort)algorithm, out row!) && rule.Allows(row), UafErrorCodes.AlgorithmUnsupported, ErrorCategory.Unsupported);
    }

    public static MedIdError? FinalChallenge(FinalChallengeParams final, SignatureAlgorithm algorithm, ReadOnlySpan<byte> signed, StepTrace trace)
    {
        Span<byte> hash = stackalloc byte[SignedFields.MaximumHashBytes];
        var length = ResponseChecks.HashFinalChallenge(final, algorithm, hash);
        return trace.Require(CryptographicOperations.FixedTimeEquals(hash[..length], signed), UafErrorCodes.FinalChallengeMismatch, ErrorCategory.Untrusted);
    }

    public static MedIdError? Extensions(
        UafExpectations expected, UafAssertion wire, IReadOnlyList<UafExtension> signed, IReadOnlyList<UafExtension> outer, StepTrace trace) =>
        AssertionExtensions.Judge(wire.Extensions, expected.KnownExtensions, trace.Section)
        ?? AssertionExtensions.Judge(signed, expected.KnownExtensions, trace.Section)
        ?? AssertionExtensions.Judge(outer, expected.KnownExtensions, trace.Section);
}
