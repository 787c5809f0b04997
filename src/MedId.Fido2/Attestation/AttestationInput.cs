using System.Diagnostics.CodeAnalysis;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>The inputs of a verification procedure (WebAuthn L3 §6.5.2), and the checks that several formats share.</summary>
internal sealed class AttestationInput
{
    private byte[]? _toBeSigned;

    public AttestationInput(AuthenticatorData data, ReadOnlySpan<byte> clientDataHash, AttestationRules rules)
    {
        Data = data;
        Credential = data.AttestedCredential!;
        ClientDataHash = clientDataHash.ToArray();
        Rules = rules;
        Algorithms = rules.Algorithms.For(SignatureUse.WebAuthnAttestation, rules.At);
    }

    public AuthenticatorData Data { get; }

    public AttestedCredentialData Credential { get; }

    public byte[] ClientDataHash { get; }

    public AttestationRules Rules { get; }

    public AlgorithmRule Algorithms { get; }

    /// <summary>authenticatorData || clientDataHash.</summary>
    public byte[] ToBeSigned => _toBeSigned ??= [.. Data.Bytes.Span, .. ClientDataHash];

    /// <summary>The key of the attestation certificate, as small as policy allows.</summary>
    public MedIdResult<PublicKey> ReadKey(Certificate certificate, string section)
    {
        var key = certificate.ReadPublicKey(Algorithms.MinimumRsaBits);
        return key.Succeeded ? key
            : new MedIdError(Fido2ErrorCodes.AttestationCertificateUnreadable, key.Error.Category, section, $"its key: {key.Error.Code}");
    }

    /// <summary>Finds the statement's algorithm and whether it may be used with the key.</summary>
    public bool TryFindAlgorithm(
        long identifier, PublicKey key, string section, [NotNullWhen(true)] out SignatureAlgorithm? algorithm, [NotNullWhen(false)] out MedIdError? error)
    {
        var allowed = SignatureAlgorithm.TryFromWebAuthn(identifier, out algorithm) && Algorithms.Allows(algorithm, key);
        error = allowed ? null : new(
            Fido2ErrorCodes.AttestationAlgorithmNotAllowed, ErrorCategory.Policy, section, $"alg {identifier} with a key of kind {key.Kind} of {key.SizeInBits} bits");
        return allowed;
    }

    /// <summary>Verifies a signature of the attestation key; gives whether the algorithm is one that policy allows as an exception only.</summary>
    public MedIdError? Verify(long identifier, PublicKey key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, string section, out bool usedWeak)
    {
        usedWeak = false;
        if (!TryFindAlgorithm(identifier, key, section, out var algorithm, out var error))
        {
            return error;
        }

        usedWeak = Algorithms.AllowsOnlyAsWeak(algorithm, key);
        return key.Verify(algorithm, data, signature) ? null : new(Fido2ErrorCodes.AttestationSignatureInvalid, ErrorCategory.Untrusted, section);
    }
}
