using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Certificates, CRLs and OCSP responses for a decision: what the caller gathered and what the document brought, kept apart. Nothing is fetched later.</summary>
/// <remarks>
/// Who brought a piece decides nothing: each is signed and judged by itself. A report keeps the two apart, because B-LT asks what the document itself holds.
/// </remarks>
public sealed record ValidationEvidence
{
    /// <summary>No evidence.</summary>
    public static ValidationEvidence None { get; } = new();

    /// <summary>What the caller gathered.</summary>
    public PathEvidence Gathered { get; init; } = new();

    /// <summary>What was found in the document; verifiers add to it.</summary>
    public PathEvidence Embedded { get; init; } = new();

    /// <summary>Both together, the document's own first.</summary>
    internal PathEvidence All => Join(Embedded, Gathered);

    /// <summary>This evidence with more from the document.</summary>
    /// <param name="embedded">Certificates, CRLs and OCSP responses found in it.</param>
    internal ValidationEvidence WithEmbedded(PathEvidence embedded) => this with { Embedded = Join(Embedded, embedded) };

    private static PathEvidence Join(PathEvidence first, PathEvidence second) => new()
    {
        Certificates = [.. first.Certificates, .. second.Certificates],
        Crls = [.. first.Crls, .. second.Crls],
        OcspResponses = [.. first.OcspResponses, .. second.OcspResponses],
    };
}
