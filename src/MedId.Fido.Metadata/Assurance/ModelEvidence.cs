using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Fido.Metadata;

/// <summary>What may be taken from a model's metadata: what it says of itself, and what it says with proof.</summary>
internal readonly record struct ModelEvidence(MetadataStatement? Claimed, MetadataStatement? Proved, string Reason)
{
    [MemberNotNullWhen(true, nameof(Proved))]
    public bool IsProved => Proved is not null;

    public static ModelEvidence Of(FidoUse use)
    {
        var statement = use.Metadata is { Problem: null } entry ? entry.Statement : null;
        return statement is null ? new(null, null, "no metadata of the model are known")
            : !use.AttestationTrusted ? new(statement, null, "no trusted attestation proves the model")
            : use.TrustAnchor is { } anchor && !IsAnchorOf(statement, anchor) ? new(statement, null, "the attestation rests on an anchor that is none of the model's")
            : use.Status is not { } status ? new(statement, null, "the model's status was not asked for")
            : !status.IsAccepted ? new(statement, null, $"the model's status is not accepted ({status.Error.Code})")
            : new(statement, statement, "proved");
    }

    private static bool IsAnchorOf(MetadataStatement statement, string anchor) => statement.ReadAnchors()
        .Select(root => root.Certificate!)
        .Any(root => IsDigest(root.SubjectPublicKeyInfo.Span, anchor) || IsDigest(root.RawData.Span, anchor));

    private static bool IsDigest(ReadOnlySpan<byte> data, string digest) => string.Equals(StrictBase64Url.Encode(SHA256.HashData(data)), digest, StringComparison.Ordinal);
}
