using MedId.Signatures;

namespace MedId.Hpki;

/// <summary>What a document signed with HPKI certificates has to fulfil.</summary>
public sealed record HpkiDocumentPolicy
{
    /// <summary>What the signers' certificates have to fulfil; for <see cref="HpkiUse.Signature"/>.</summary>
    public required HpkiPolicy Certificates { get; init; }

    /// <summary>Which role signs which document.</summary>
    public DocumentRoleTable Documents { get; init; } = DocumentRoleTable.Default;

    /// <summary>Which time-stamping services are trusted; null: none, and every signer is judged at the time of verification.</summary>
    public TimestampPolicy? Timestamps { get; init; }

    /// <summary>The lowest level that is accepted.</summary>
    public SignatureLevel MinimumLevel { get; init; } = SignatureLevel.BaselineB;

    /// <summary>The most signers of a document.</summary>
    public int MaxSigners { get; init; } = 16;
}
