using System.Diagnostics.CodeAnalysis;
using MedId.Core;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>What was decided about a metadata BLOB.</summary>
public sealed record MetadataBlobDecision
{
    internal MetadataBlobDecision()
    {
    }

    /// <summary>Accepted; refused; or undetermined, when all that is missing is evidence: about revocation, or the certificates at <c>x5u</c>.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Whether the BLOB may be used.</summary>
    [MemberNotNullWhen(true, nameof(Blob))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAccepted => Outcome == VerificationOutcome.Accepted;

    /// <summary>The BLOB; null unless accepted.</summary>
    public MetadataBlob? Blob { get; init; }

    /// <summary>Why not; null when accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>The decision about the signer's certificate; null when it did not come to that.</summary>
    public PathDecision? Signer { get; init; }

    /// <summary>What is reported otherwise than in <see cref="MetadataBlobRules.Current"/>; empty when there was none.</summary>
    public IReadOnlyList<MetadataStatusChange> Changes { get; init; } = [];
}
