using MedId.Core;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>A registered key: what a server stores, and gives back when the key is used.</summary>
/// <remarks>
/// Store it under a unique key of <see cref="Aaid"/> and <see cref="KeyId"/> over all users. <see cref="SignCounter"/> is advanced by compare-and-swap after
/// every authentication; everything else stays as it is.
/// </remarks>
public sealed record UafRegistration
{
    /// <summary>The model.</summary>
    public required Aaid Aaid { get; init; }

    /// <summary>The key's name.</summary>
    public required UafKeyId KeyId { get; init; }

    /// <summary>The user, as the server names accounts.</summary>
    public required string User { get; init; }

    /// <summary>The signature algorithm that the key was registered with.</summary>
    public required FidoAlgorithm Algorithm { get; init; }

    /// <summary>The encoding of <see cref="PublicKey"/>.</summary>
    public required FidoKeyFormat KeyFormat { get; init; }

    /// <summary>The public key as the authenticator sent it.</summary>
    public required ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>The last signature counter seen.</summary>
    public required uint SignCounter { get; init; }

    /// <summary>The registration counter at registration.</summary>
    public required uint RegistrationCounter { get; init; }

    /// <summary>The authenticator's version at registration.</summary>
    public required ushort AuthenticatorVersion { get; init; }

    /// <summary>How the model was proved.</summary>
    public required UafAttestationType AttestationType { get; init; }

    /// <summary>DER of the attestation certificate; empty with surrogate attestation.</summary>
    public ReadOnlyMemory<byte> AttestationCertificate { get; init; }

    /// <summary>SHA-256 of the metadata's certificate that the attestation rests on, base64url; null when the model is not proved (surrogate).</summary>
    public string? TrustAnchor { get; init; }

    /// <summary>The pictures that the authenticator's display shows, as the client reported; not signed.</summary>
    public IReadOnlyList<PngCharacteristics> PngCharacteristics { get; init; } = [];

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Whether the model is proved by attestation.</summary>
    public bool IsAttested => TrustAnchor is not null;

    /// <summary>Which key this is.</summary>
    public UafKeyReference Reference => new(Aaid, KeyId);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON object.</param>
    /// <returns>The registration, or <c>uaf.request_malformed</c> or <c>uaf.not_json</c> for a damaged record.</returns>
    public static MedIdResult<UafRegistration> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return UafRegistrationJson.Parse(json);
    }

    /// <summary>One JSON object with everything, for stores that keep it as one value.</summary>
    public string ToJson() => UafRegistrationJson.Write(this);

    /// <inheritdoc/>
    public override string ToString() => $"{Aaid} {AttestationType}";
}
