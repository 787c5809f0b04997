using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>A registered U2F key: what a relying party stores.</summary>
public sealed record U2fRegistration
{
    /// <summary>COSE ES256, the only algorithm of U2F.</summary>
    private const long Es256 = -7;

    /// <summary>The AppID that it was registered for. It goes on to be needed: see <see cref="ToCredentialRecord"/>.</summary>
    public required string AppId { get; init; }

    /// <summary>The key handle, 1 to 255 bytes.</summary>
    public required ReadOnlyMemory<byte> KeyHandle { get; init; }

    /// <summary>The key: <c>04</c>, X, Y on P-256; 65 bytes.</summary>
    public required ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>The last counter seen; 0 at registration, which carries none.</summary>
    public uint Counter { get; init; }

    /// <summary>The attestation certificate in DER; null when it is not kept.</summary>
    public ReadOnlyMemory<byte>? AttestationCertificate { get; init; }

    /// <summary>SHA-256 of the key of the trust anchor that the attestation rests on, base64url; null when the model is not proved.</summary>
    public string? TrustAnchor { get; init; }

    /// <summary>How the token says it is reached.</summary>
    public U2fTransports Transports { get; init; }

    /// <summary>When it was registered; null where it is not known.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>Moves the key to FIDO2: the key handle becomes the credential id, the point a COSE key (WebAuthn L3 §6.1.2, §10.1.1).</summary>
    /// <param name="rpId">The RP ID that the relying party uses from now on.</param>
    /// <param name="userHandle">The user handle of the account, 1 to 64 bytes; null where the store holds it elsewhere.</param>
    /// <returns>The record; or <c>u2f.key_malformed</c> when what is stored is no key.</returns>
    /// <remarks>
    /// The token goes on signing for the hash of <see cref="AppId"/>, so every request for the credential has to carry the <c>appid</c> extension with it, and
    /// <see cref="CeremonyExpectations"/> the same AppID. A U2F key never verifies its user: it stays a single factor.
    /// </remarks>
    public MedIdResult<CredentialRecord> ToCredentialRecord(string rpId, ReadOnlyMemory<byte>? userHandle = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(rpId);
        var key = MedId.Cryptography.PublicKey.FromUncompressedPoint(KeyKind.P256, PublicKey.Span);
        if (!key.Succeeded)
        {
            return new MedIdError(U2fErrorCodes.KeyMalformed, ErrorCategory.Malformed, U2fSections.Registration, key.Error.Code);
        }

        return new CredentialRecord
        {
            Id = KeyHandle,
            PublicKey = CoseKey.Write(key.Value, Es256),
            Algorithm = Es256,
            SignCount = Counter,
            UvInitialized = false,
            Transports = U2fTransportsReader.ToWebAuthn(Transports),
            BackupEligible = false,
            UserHandle = userHandle,
            RpId = rpId,
            Aaguid = Guid.Empty,
            AttestationFormat = AttestationCertificate is null ? null : AttestationFormats.FidoU2f,
            TrustAnchor = TrustAnchor,
            RegisteredAt = RegisteredAt,
        };
    }

    /// <summary>The AppID; nothing of the key handle.</summary>
    public override string ToString() => $"U2F key for {AppId}";
}
