using MedId.Pki;

namespace MedId.Hpki;

/// <summary>A certificate policy of HPKI: 1.2.392.100495.1.5.1.U.L.V.</summary>
public sealed record HpkiCertificatePolicy
{
    /// <summary>The level of certificates of real people and organisations.</summary>
    public const int ProductionLevel = 3;

    /// <summary>The level of test certificates.</summary>
    public const int TestLevel = 0;

    /// <summary>The policy's OID.</summary>
    public required string Oid { get; init; }

    /// <summary>U.</summary>
    public required HpkiUse Use { get; init; }

    /// <summary>L, the assurance level: 3, or 0 for test certificates.</summary>
    public required int Level { get; init; }

    /// <summary>V.</summary>
    public required int Version { get; init; }

    /// <summary>How sure the row is.</summary>
    public TrustDataStatus Status => Row.Status;

    /// <summary>The row of the trust data: source, status and time.</summary>
    public required TrustDataRow Row { get; init; }
}
