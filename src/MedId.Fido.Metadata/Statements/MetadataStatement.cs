using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>What a vendor states of a model of authenticator. One form for version 2, which writes numbers, and version 3, which writes names.</summary>
/// <remarks>
/// A statement says what it says; trust in it comes from where it was got: a verified <see cref="MetadataBlob"/>, or a file of the operator's. FIDO metadata
/// statement §4, FIDO registry of predefined values §3.
/// </remarks>
public sealed record MetadataStatement
{
    /// <summary><c>schema</c>: 3 for version 3; null when the statement does not say, as those of version 2 do not.</summary>
    public int? Schema { get; init; }

    /// <summary><c>protocolFamily</c>: <c>uaf</c>, <c>u2f</c> or <c>fido2</c>; null when absent, which in version 2 is UAF.</summary>
    public string? ProtocolFamily { get; init; }

    /// <summary><c>aaid</c>: the UAF model, <c>ABCD#1234</c> in upper case; null for the other families.</summary>
    public string? Aaid { get; init; }

    /// <summary><c>aaguid</c>: the FIDO2 model; null for the other families.</summary>
    public Guid? Aaguid { get; init; }

    /// <summary><c>attestationCertificateKeyIdentifiers</c>: SHA-1 of attestation keys, lower hex; for U2F, which has no other name for a model.</summary>
    public IReadOnlyList<string> AttestationCertificateKeyIdentifiers { get; init; } = [];

    /// <summary><c>legalHeader</c>; null when absent.</summary>
    public string? LegalHeader { get; init; }

    /// <summary><c>description</c> in English; empty when absent.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary><c>alternativeDescriptions</c>: language tag to text, e.g. <c>ja-JP</c>.</summary>
    public IReadOnlyDictionary<string, string> AlternativeDescriptions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary><c>authenticatorVersion</c>: the earliest firmware version that the statement holds for.</summary>
    public ulong AuthenticatorVersion { get; init; }

    /// <summary><c>upv</c>: versions of the protocol.</summary>
    public IReadOnlyList<MetadataVersion> Versions { get; init; } = [];

    /// <summary><c>assertionScheme</c> of version 2, e.g. <c>UAFV1TLV</c>; null when absent, as in version 3.</summary>
    public string? AssertionScheme { get; init; }

    /// <summary><c>authenticationAlgorithm(s)</c>. A number may be one that has no name here.</summary>
    public IReadOnlyList<FidoAlgorithm> AuthenticationAlgorithms { get; init; } = [];

    /// <summary><c>publicKeyAlgAndEncoding(s)</c>. A number may be one that has no name here.</summary>
    public IReadOnlyList<FidoKeyFormat> PublicKeyFormats { get; init; } = [];

    /// <summary><c>attestationTypes</c>. A number may be one that has no name here.</summary>
    public IReadOnlyList<FidoAttestationType> AttestationTypes { get; init; } = [];

    /// <summary><c>attestationRootCertificates</c>: anchors, not a path: a root, an authority under one, or an attestation certificate itself.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> AttestationRootCertificates { get; init; } = [];

    /// <summary><c>ecdaaTrustAnchors</c>.</summary>
    public IReadOnlyList<EcdaaTrustAnchor> EcdaaTrustAnchors { get; init; } = [];

    /// <summary><c>userVerificationDetails</c>: alternatives; the methods inside one are used together.</summary>
    public IReadOnlyList<IReadOnlyList<VerificationMethod>> UserVerification { get; init; } = [];

    /// <summary><c>keyProtection</c>; 0 when nothing is stated that is known here.</summary>
    public KeyProtections KeyProtection { get; init; }

    /// <summary><c>matcherProtection</c>; 0 when nothing is stated that is known here.</summary>
    public MatcherProtections MatcherProtection { get; init; }

    /// <summary><c>attachmentHint</c>: a hint, never evidence.</summary>
    public AttachmentHints AttachmentHint { get; init; }

    /// <summary><c>tcDisplay</c>; 0 for none.</summary>
    public TransactionDisplays TransactionDisplay { get; init; }

    /// <summary><c>tcDisplayContentType</c>; null when absent.</summary>
    public string? TransactionContentType { get; init; }

    /// <summary><c>tcDisplayPNGCharacteristics</c>.</summary>
    public IReadOnlyList<MetadataPng> TransactionPictures { get; init; } = [];

    /// <summary><c>isKeyRestricted</c>: whether keys sign nothing but what the protocol lets them sign. Default true.</summary>
    public bool IsKeyRestricted { get; init; } = true;

    /// <summary><c>isFreshUserVerificationRequired</c>: whether every use of a key verifies the user. Default true.</summary>
    public bool IsFreshUserVerificationRequired { get; init; } = true;

    /// <summary><c>isSecondFactorOnly</c> of version 2. Default false.</summary>
    public bool IsSecondFactorOnly { get; init; }

    /// <summary><c>cryptoStrength</c> in bits; null when not stated.</summary>
    public ushort? CryptoStrength { get; init; }

    /// <summary><c>operatingEnv</c> of version 2; null when absent.</summary>
    public string? OperatingEnvironment { get; init; }

    /// <summary><c>icon</c>: a data URL, not looked into; null when absent.</summary>
    public string? Icon { get; init; }

    /// <summary><c>supportedExtensions</c>.</summary>
    public IReadOnlyList<MetadataExtension> SupportedExtensions { get; init; } = [];

    /// <summary>Names of lists that this release does not know.</summary>
    public IReadOnlyList<UnknownMetadataValue> UnknownValues { get; init; } = [];

    /// <summary>The statement as it was read, with the members that have no property here, e.g. <c>authenticatorGetInfo</c>; undefined when it was made in code.</summary>
    public JsonElement Members { get; init; }

    /// <summary>The certificates of <see cref="AttestationRootCertificates"/> as anchors, those left out that are no certificates.</summary>
    /// <remarks>An attestation certificate that stands among them is trusted when it is that certificate: it anchors nothing below it.</remarks>
    public IReadOnlyList<TrustAnchor> ReadAnchors()
    {
        var anchors = new List<TrustAnchor>(AttestationRootCertificates.Count);
        foreach (var der in AttestationRootCertificates)
        {
            if (Certificate.ParseAttestation(der) is { Succeeded: true, Value: { } certificate })
            {
                anchors.Add(TrustAnchor.FromCertificate(certificate, Aaguid?.ToString() ?? Aaid));
            }
        }

        return anchors;
    }

    /// <summary>Reads a statement of version 2 or 3.</summary>
    /// <param name="json">The JSON object, not its base64url form.</param>
    /// <returns>The statement, or <c>metadata.statement_malformed</c>.</returns>
    public static MedIdResult<MetadataStatement> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json.Length > MetadataLimits.StatementBytes ? MetadataLimits.StatementTooLarge() : Parse(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Reads a statement of version 2 or 3.</summary>
    /// <param name="utf8">The JSON object, not its base64url form; 1 MiB at most.</param>
    /// <returns>The statement, or <c>metadata.statement_malformed</c>.</returns>
    public static MedIdResult<MetadataStatement> Parse(ReadOnlyMemory<byte> utf8) => StatementReader.Parse(utf8);

    /// <summary>Its family and name; never the members.</summary>
    public override string ToString() => $"{ProtocolFamily ?? "uaf"} {Aaguid?.ToString() ?? Aaid ?? string.Join(' ', AttestationCertificateKeyIdentifiers)}";
}
