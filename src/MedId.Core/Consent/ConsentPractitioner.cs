namespace MedId.Core;

/// <summary>The doctor for whom the data was asked, as the doctor's own OP signed it.</summary>
public sealed record ConsentPractitioner
{
    /// <summary>The doctor OP that signed the evidence.</summary>
    public required string Issuer { get; init; }

    /// <summary>The doctor at that OP.</summary>
    public required string Subject { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Role, in words.</summary>
    public required string Role { get; init; }

    /// <summary>Institution, in words.</summary>
    public required string Organization { get; init; }

    /// <summary>The institution's identifier as the doctor OP gives it.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>base64url of the SHA-256 of the evidence JWT (ASCII).</summary>
    public required string EvidenceDigest { get; init; }
}
