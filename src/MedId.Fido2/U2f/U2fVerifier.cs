using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>Verifies U2F registrations and authentications. Pure but for the cache of keys: no clock, no network, no store. FIDO U2F Raw Message Formats 1.2.</summary>
/// <remarks>U2F proves possession of a token and the presence of somebody, never who that is: it is a second factor.</remarks>
public sealed class U2fVerifier
{
    private readonly PublicKeyCache _keys;

    /// <summary>Makes a verifier.</summary>
    /// <param name="keys">The cache of imported keys.</param>
    public U2fVerifier(PublicKeyCache keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        _keys = keys;
    }

    /// <summary>Verifies a registration. §4.3.</summary>
    /// <param name="expected">What it is held against.</param>
    /// <param name="clientData">The client data as they came, JSON bytes.</param>
    /// <param name="registrationData">The raw message.</param>
    /// <returns>What to store; or the first refusal.</returns>
    public MedIdResult<U2fRegistrationEvidence> VerifyRegistration(
        U2fRegistrationExpectations expected, ReadOnlyMemory<byte> clientData, ReadOnlyMemory<byte> registrationData)
    {
        ArgumentNullException.ThrowIfNull(expected);

        // 1. Client data: the operation, the challenge, the facet.
        if (CheckClientData(expected, clientData, U2fClientData.RegistrationType) is { } refused)
        {
            return refused;
        }

        // 2. The message and its key.
        var parsed = U2fRegistrationResponse.Parse(registrationData);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var response = parsed.Value;
        if (_keys.GetOrImport(PublicKeyEncoding.UncompressedPointP256, response.PublicKey.Span) is { Succeeded: false, Error: { } noKey })
        {
            return new MedIdError(U2fErrorCodes.KeyMalformed, ErrorCategory.Malformed, U2fSections.Registration, noKey.Code);
        }

        // 3. The attestation certificate and its signature over AppID, client data, key handle and key.
        var certificate = Certificate.ParseAttestation(response.AttestationCertificate);
        if (!certificate.Succeeded || certificate.Value.ReadPublicKey() is not { Succeeded: true, Value: { Kind: KeyKind.P256 } attestationKey })
        {
            return new MedIdError(U2fErrorCodes.CertificateMalformed, ErrorCategory.Malformed, U2fSections.Registration, certificate.Error?.Code ?? "the key is not on P-256");
        }

        byte[] signed = [0, .. Hash(expected.AppId), .. SHA256.HashData(clientData.Span), .. response.KeyHandle.Span, .. response.PublicKey.Span];
        var rule = expected.Attestation.Algorithms.For(SignatureUse.WebAuthnAttestation, expected.Attestation.At);
        if (!IsSigned(attestationKey, rule, signed, response.Signature.Span))
        {
            return new MedIdError(U2fErrorCodes.AttestationSignatureInvalid, ErrorCategory.Untrusted, U2fSections.Registration);
        }

        // 4. Whether the certificate is one to trust: anchors, or the metadata of its key.
        var evidence = new AttestationStatementEvidence
        {
            Format = AttestationFormats.FidoU2f,
            Type = AttestationType.Basic,
            Aaguid = Guid.Empty,
            Path = [certificate.Value],
            AttestationKeyIdentifier = AttestationKeyIdentifier.Of(certificate.Value),
        };
        var trust = AttestationVerifier.Judge(evidence, expected.Attestation);
        if (!trust.IsAcceptable)
        {
            return trust.Reason!;
        }

        return new U2fRegistrationEvidence
        {
            Registration = new()
            {
                AppId = expected.AppId,
                KeyHandle = response.KeyHandle.ToArray(),
                PublicKey = response.PublicKey.ToArray(),
                AttestationCertificate = response.AttestationCertificate.ToArray(),
                TrustAnchor = trust.IsTrusted ? RegistrationVerifier.Fingerprint(trust.Anchor) : null,
                Transports = U2fTransportsReader.Read(certificate.Value),
                RegisteredAt = expected.Attestation.At,
            },
            AttestationCertificate = certificate.Value,
            Trust = trust,
        };
    }

    /// <summary>Verifies an authentication. §5.4.</summary>
    /// <param name="expected">What it is held against.</param>
    /// <param name="keyHandle">The key handle that the answer names.</param>
    /// <param name="clientData">The client data as they came, JSON bytes.</param>
    /// <param name="signatureData">The raw message.</param>
    /// <returns>The registration with its new counter; or the first refusal.</returns>
    public MedIdResult<U2fAuthenticationEvidence> VerifyAuthentication(
        U2fAuthenticationExpectations expected, ReadOnlySpan<byte> keyHandle, ReadOnlyMemory<byte> clientData, ReadOnlyMemory<byte> signatureData)
    {
        ArgumentNullException.ThrowIfNull(expected);

        // 1. The key is the registered one, for this AppID.
        var registration = expected.Registration;
        if (!keyHandle.SequenceEqual(registration.KeyHandle.Span))
        {
            return new MedIdError(U2fErrorCodes.KeyHandleMismatch, ErrorCategory.Protocol, U2fSections.Authentication);
        }

        // 2. Client data: the operation, the challenge, the facet.
        if (CheckClientData(expected, clientData, U2fClientData.AuthenticationType) is { } refused)
        {
            return refused;
        }

        // 3. The message and the signature over AppID, presence, counter and client data.
        var parsed = U2fSignResponse.Parse(signatureData);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        var response = parsed.Value;
        var key = _keys.GetOrImport(PublicKeyEncoding.UncompressedPointP256, registration.PublicKey.Span);
        if (!key.Succeeded)
        {
            return new MedIdError(U2fErrorCodes.KeyMalformed, ErrorCategory.Malformed, U2fSections.Authentication, key.Error.Code);
        }

        Span<byte> signed = stackalloc byte[32 + 5 + 32];
        SHA256.HashData(Encoding.UTF8.GetBytes(expected.AppId), signed);
        response.SignedHead.Span.CopyTo(signed[32..]);
        SHA256.HashData(clientData.Span, signed[37..]);
        if (!IsSigned(key.Value, expected.Algorithms.For(SignatureUse.WebAuthnAssertion, expected.At), signed, response.Signature.Span))
        {
            return new MedIdError(U2fErrorCodes.SignatureInvalid, ErrorCategory.Untrusted, U2fSections.Authentication);
        }

        // 4. Presence, and the counter: only now, because before the signature they are anybody's.
        if (expected.RequireUserPresence && !response.UserPresent)
        {
            return new MedIdError(U2fErrorCodes.UserNotPresent, ErrorCategory.Policy, U2fSections.Authentication);
        }

        var counter = Judge(registration.Counter, response.Counter);
        return counter == CounterVerdict.NotAdvanced && expected.Counter == CounterPolicy.Refuse
            ? new MedIdError(U2fErrorCodes.CounterNotAdvanced, ErrorCategory.State, U2fSections.Counter)
            : new U2fAuthenticationEvidence { Registration = registration with { Counter = response.Counter }, UserPresent = response.UserPresent, Counter = counter };
    }

    private static MedIdError? CheckClientData(U2fExpectations expected, ReadOnlyMemory<byte> clientData, string type)
    {
        var parsed = U2fClientData.Parse(clientData);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        if (!string.Equals(parsed.Value.Type, type, StringComparison.Ordinal))
        {
            return new(U2fErrorCodes.ClientDataType, ErrorCategory.Protocol, U2fSections.ClientData, $"must be {type}");
        }

        // Compared as it is written: padding or another alphabet is another challenge.
        var issued = Encoding.ASCII.GetBytes(StrictBase64Url.Encode(expected.Challenge.Span));
        if (!CryptographicOperations.FixedTimeEquals(issued, Encoding.UTF8.GetBytes(parsed.Value.Challenge)))
        {
            return new(U2fErrorCodes.ChallengeMismatch, ErrorCategory.State, U2fSections.ClientData);
        }

        return expected.Facets.Contains(parsed.Value.Origin, StringComparer.Ordinal)
            ? null
            : new(U2fErrorCodes.FacetUnexpected, ErrorCategory.Untrusted, U2fSections.Facets);
    }

    private static bool IsSigned(PublicKey key, AlgorithmRule rule, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
        rule.Allows(SignatureAlgorithm.EcdsaP256Der, key) && key.Verify(SignatureAlgorithm.EcdsaP256Der, signed, signature);

    private static CounterVerdict Judge(uint stored, uint received) => received > stored ? CounterVerdict.Advanced
        : stored == 0 && received == 0 ? CounterVerdict.NotSupported
        : CounterVerdict.NotAdvanced;

    private static byte[] Hash(string appId) => SHA256.HashData(Encoding.UTF8.GetBytes(appId));
}
