using System.Text.Json.Serialization;
using MedId.Cryptography;

namespace MedId.Jpki.Certificates;

/// <summary>A message with a card's signature, to be checked here or at a platform operator.</summary>
[JsonConverter(typeof(NeverSerialized))]
public sealed class JpkiIdentityRequest
{
    /// <summary>What it was signed with: the kind of certificate that is accepted, and no other.</summary>
    public required JpkiCertificateKind Use { get; init; }

    /// <summary>The signed bytes, before hashing.</summary>
    public required ReadOnlyMemory<byte> Message { get; init; }

    /// <summary>The signature.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The certificate in DER. A service provider drops it after the check.</summary>
    public required ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>The hash; that of the key's card generation when null: SHA-384 for P-384, else SHA-256.</summary>
    public DigestAlgorithm? Hash { get; init; }

    /// <summary>Whether the person is to be identified over certificates (linking), where the way of checking offers it.</summary>
    public bool Identify { get; init; } = true;

    internal DigestAlgorithm EffectiveHash =>
        Hash ?? (Pki.Certificate.Parse(Certificate).Value?.ReadPublicKey().Value is { } key ? CardSignature.DefaultHash(key) : DigestAlgorithm.Sha256);

    /// <summary>The use only.</summary>
    public override string ToString() => $"{nameof(JpkiIdentityRequest)} {Use}";
}
