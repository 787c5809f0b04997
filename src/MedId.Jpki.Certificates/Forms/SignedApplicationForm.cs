using System.Text.Json.Serialization;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>An application form with its signature, as it came in. Nothing of it is believed yet.</summary>
[JsonConverter(typeof(NeverSerialized))]
public sealed class SignedApplicationForm
{
    /// <summary>How it is signed.</summary>
    public required FormSignatureFormat Format { get; init; }

    /// <summary>The document; null or empty where the signature holds it.</summary>
    public ReadOnlyMemory<byte>? Document { get; init; }

    /// <summary>The signature: the card's bytes, the CMS structure, or the XML document with the signature.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The signer's certificate; needed for <see cref="FormSignatureFormat.Pkcs1"/>, not used else: CMS and XML name theirs.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>The hash of a bare signature; SHA-256 for RSA and SHA-384 for P-384 when null.</summary>
    public DigestAlgorithm? Hash { get; init; }

    /// <summary>
    /// Reads the form out of exactly the octets that the signature covers; null when they are no form. Reading anything else would compare what nobody signed.
    /// </summary>
    public required Func<ReadOnlyMemory<byte>, ApplicationForm?> Read { get; init; }

    /// <summary>The nonce that was issued for this form; null where none was.</summary>
    public string? ExpectedNonce { get; init; }

    /// <summary>Nothing of the form.</summary>
    public override string ToString() => $"{nameof(SignedApplicationForm)} {Format}";
}
