using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>What <see cref="XmlSigner"/> is asked to sign, and how (XAdES-B-B, EN 319 132-1 §6).</summary>
public sealed record XmlSigningRequest
{
    /// <summary>The signer's certificate; its key is the signing key's public half.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>When it is signed, as the signer claims.</summary>
    public required DateTimeOffset SigningTime { get; init; }

    /// <summary>Further certificates of the path, for KeyInfo.</summary>
    public IReadOnlyList<Certificate> OtherCertificates { get; init; } = [];

    /// <summary>Where the signature stands to what it signs.</summary>
    public XmlSignatureForm Form { get; init; }

    /// <summary>Whether every signature is left out of what is signed, so that others can be put beside this one before and after; for <see cref="XmlSignatureForm.Enveloped"/> only.</summary>
    public bool ExceptSignatures { get; init; }

    /// <summary>The identifiers of the signed elements, for <see cref="XmlSignatureForm.Detached"/> only.</summary>
    public IReadOnlyList<string> ElementIds { get; init; } = [];

    /// <summary>The path of the element whose last child the signature becomes (<c>/Document[1]/PrescriptionSign[1]</c>); null: the root. Not for <see cref="XmlSignatureForm.Enveloping"/>.</summary>
    public string? ParentPath { get; init; }

    /// <summary>The <c>Id</c> of the signature, an NCName that the document does not have yet; the identifiers of its parts begin with it.</summary>
    public string SignatureId { get; init; } = "Signature";

    /// <summary>The hash of every reference. Not SHA-1.</summary>
    public DigestAlgorithm Digest { get; init; } = DigestAlgorithm.Sha256;

    /// <summary>Whether KeyInfo is signed too, as in electronic prescriptions.</summary>
    public bool SignKeyInfo { get; init; }

    /// <summary>Whether <see cref="ElementIds"/> are referenced without a transform, which means Canonical XML 1.0, as in electronic prescriptions; else by exclusive canonicalisation.</summary>
    public bool ReferenceWithoutTransform { get; init; }
}
