using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>Whether one kind of token may be used for one procedure, by which source, and from when until when.</summary>
public sealed record ProcedureRow
{
    /// <summary>The row's name.</summary>
    public required string Id { get; init; }

    /// <summary>The procedure, e.g. <c>contract</c>, <c>tax</c>, <c>online-voting</c>, <c>medical-portal</c>, <c>vehicle</c>, <c>identity-proofing</c>.</summary>
    public required string Procedure { get; init; }

    /// <summary>Where: ISO 3166 alpha-2.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>With what, e.g. <c>jpki-sign</c>, <c>jpki-authenticate</c>, <c>private-accredited</c>, <c>eid-card</c>, <c>smart-id</c>.</summary>
    public required string Token { get; init; }

    /// <summary>For what act: signing, or being authenticated.</summary>
    public required JpkiCertificateKind Use { get; init; }

    /// <summary>Whether it may.</summary>
    public required ProcedureAnswer Answer { get; init; }

    /// <summary>How sure, on what source, and when: the row of the trust data.</summary>
    public required TrustDataRow Row { get; init; }
}
