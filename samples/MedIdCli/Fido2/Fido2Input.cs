using System.Text;
using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Fido2;
using MedId.Pki;

namespace MedId.Cli.Fido2;

/// <summary>The members that the verbs of FIDO2 and U2F share.</summary>
internal static class Fido2Input
{
    public static (string Name, UserVerificationRequirement Value)[] UserVerification { get; } =
    [
        ("required", UserVerificationRequirement.Required), ("preferred", UserVerificationRequirement.Preferred), ("discouraged", UserVerificationRequirement.Discouraged),
    ];

    public static (string Name, CounterPolicy Value)[] Counters { get; } = [("report", CounterPolicy.Report), ("refuse", CounterPolicy.Refuse)];

    public static IReadOnlyList<string> Texts(CallInput input, string name) => input.OptionalTexts(name) ?? throw input.Missing(name);

    public static IReadOnlyList<ReadOnlyMemory<byte>> Binaries(CallInput input, string name) => [.. (input.OptionalBinaries(name) ?? []).Select(bytes => (ReadOnlyMemory<byte>)bytes)];

    /// <summary>What the browser sent. It is another's: which members it may have is for the verifier to say.</summary>
    public static byte[] Response(CallInput input) => (input.Raw("response") ?? throw input.Missing("response")) is { ValueKind: JsonValueKind.Object } response
        ? Encoding.UTF8.GetBytes(response.GetRawText())
        : throw input.Type("response", "an object");

    /// <summary>Which attestations are trusted; without anchors and metadata nothing is judged.</summary>
    public static AttestationTrustPolicy Attestation(CallInput input, PkiInput pki, IMetadataSource? metadata)
    {
        var anchors = input.Raw("trustAnchors") is null ? null : pki.Anchors("trustAnchors");
        var required = input.Flag("requireTrustedAttestation");
        return new()
        {
            Anchors = anchors,
            Metadata = metadata,
            AcceptNone = !required,
            AcceptSelf = !required,
            RequireTrusted = required,
        };
    }

    /// <summary>Null where trust was not judged, because there was nothing to judge by.</summary>
    public static bool? Trusted(AttestationTrustPolicy policy, AttestationTrust? trust) => trust is null || (policy.Anchors is null && policy.Metadata is null) ? null : trust.IsTrusted;

    /// <summary>The BLOB under the roots that are given; what was gathered about their revocation is not an input here.</summary>
    public static Func<MetadataBlobDecision>? Blob(CallInput input, PkiInput pki, CommonInput common)
    {
        var (blob, roots, name) = (input.OptionalText("metadataBlob"), pki.Certificates("metadataRoots"), input.OptionalText("metadataSignerName"));
        if (blob is null)
        {
            return input.Raw("metadataRoots") is null && name is null ? null : throw input.Missing("metadataBlob");
        }

        if (roots.Count == 0)
        {
            throw input.Raw("metadataRoots") is null ? input.Missing("metadataRoots") : input.Value("metadataRoots", "at least one certificate");
        }

        var rules = new MetadataBlobRules
        {
            Roots = [.. roots.Select(root => new MetadataRoot(TrustAnchor.FromCertificate(root)))],
            At = common.At,
            Algorithms = common.Algorithms,
            Revocation = RevocationRequirement.NotRequired,
            SignerName = name,
        };
        return () => MetadataBlob.Verify(blob, rules);
    }

    public static CredentialRecord? Credential(CallInput credential, out MedIdError? error)
    {
        var publicKey = credential.Binary("publicKey");
        var key = CoseKey.Read(publicKey, out var consumed);
        error = !key.Succeeded ? key.Error
            : consumed != publicKey.Length ? new(CryptographyErrorCodes.CborTrailingBytes, ErrorCategory.Malformed, "CTAP2 §6", "bytes behind the COSE key")
            : null;
        var record = new CredentialRecord
        {
            Id = credential.Binary("id"),
            PublicKey = publicKey,
            Algorithm = key.Value?.Algorithm ?? 0,
            SignCount = credential.Counter("signCount"),
            UserHandle = CallInput.Optional(credential.OptionalBinary("userHandle")),
            BackupEligible = credential.OptionalFlag("backupEligible"),
            BackupState = credential.Flag("backupState"),
            UvInitialized = credential.Flag("uvInitialized"),
        };
        return error is null ? record : null;
    }
}
