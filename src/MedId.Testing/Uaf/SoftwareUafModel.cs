using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Fido.Uaf;

namespace MedId.Testing;

/// <summary>A model of software authenticators: what a vendor would have, with the attestation key and the metadata statement.</summary>
/// <remarks>All authenticators of one model share its attestation key; the server gets <see cref="MetadataStatement"/> only.</remarks>
public sealed class SoftwareUafModel
{
    internal SoftwareUafModel(SoftwareUafModelOptions options, SoftwareUafPrivateKey? attestationKey, IReadOnlyList<byte[]> certificates, IReadOnlyList<byte[]> roots)
    {
        Options = options;
        AttestationKey = attestationKey;
        Certificates = certificates;
        Roots = roots;
    }

    /// <summary>What kind of authenticator it is.</summary>
    public SoftwareUafModelOptions Options { get; }

    /// <summary>The metadata statement (version 2, numbers) that the server has to know.</summary>
    public string MetadataStatement => new JsonObject
    {
        ["aaid"] = Options.Aaid,
        ["description"] = "Software authenticator for tests",
        ["protocolFamily"] = "uaf",
        ["assertionScheme"] = "UAFV1TLV",
        ["authenticatorVersion"] = Options.AuthenticatorVersion,
        ["authenticationAlgorithm"] = (ushort)Options.Algorithm,
        ["publicKeyAlgAndEncoding"] = (ushort)Options.KeyFormat,
        ["attestationTypes"] = new JsonArray(AttestationKey is null ? 0x3E08 : 0x3E07),
        ["attestationRootCertificates"] = new JsonArray([.. Roots.Select(root => (JsonNode)Convert.ToBase64String(root))]),
        ["userVerificationDetails"] = new JsonArray([.. Options.UserVerification.Select(method => new JsonArray(new JsonObject { ["userVerification"] = (uint)method }))]),
        ["keyProtection"] = (ushort)Options.KeyProtection,
        ["matcherProtection"] = (ushort)MatcherProtections.TrustedExecutionEnvironment,
        ["attachmentHint"] = (uint)AttachmentHints.Internal,
        ["tcDisplay"] = (ushort)Options.TransactionDisplay,
        ["tcDisplayContentType"] = UafTransaction.PlainText,
        ["isSecondFactorOnly"] = Options.KeyIdBytes > UafKeyId.MinimumBytes,
    }.ToJsonString();

    internal SoftwareUafPrivateKey? AttestationKey { get; }

    internal IReadOnlyList<byte[]> Certificates { get; }

    internal IReadOnlyList<byte[]> Roots { get; }

    /// <summary>Makes a model, with a new attestation key where it has one.</summary>
    /// <param name="options">What kind; null for the defaults.</param>
    /// <param name="time">The clock for the dates of certificates, one year before to ten years after; null for the system's.</param>
    public static SoftwareUafModel Create(SoftwareUafModelOptions? options = null, TimeProvider? time = null)
    {
        options ??= new();
        return SoftwareUafCertificates.Mint(options, (time ?? TimeProvider.System).GetUtcNow());
    }

    /// <summary>Reads what <see cref="Export"/> wrote.</summary>
    /// <param name="json">The JSON object.</param>
    /// <exception cref="ArgumentException">Not such an object.</exception>
    public static SoftwareUafModel Import(string json)
    {
        var members = JsonNode.Parse(json)?.AsObject() ?? throw new ArgumentException("Not an exported model.", nameof(json));
        return SoftwareUafState.ReadModel(members);
    }

    /// <summary>The model with its attestation key, as JSON: a secret of the test set-up.</summary>
    public string Export() => SoftwareUafState.WriteModel(this).ToJsonString();

    /// <inheritdoc/>
    public override string ToString() => $"SoftwareUafModel {Options.Aaid}";

    internal static string Text(ReadOnlySpan<byte> bytes) => StrictBase64Url.Encode(bytes);
}
