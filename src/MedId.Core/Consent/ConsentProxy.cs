namespace MedId.Core;

/// <summary>Who consented for the person, and by what right (row A14).</summary>
public sealed record ConsentProxy
{
    /// <summary>The relation as it is kept at the OP.</summary>
    public required string RelationId { get; init; }

    /// <summary>The proxy, as the OP's own account identifier.</summary>
    public required string Subject { get; init; }

    /// <summary>The proxy's name as it stands in the relation. Personal: stores encrypt it.</summary>
    public required string Name { get; init; }

    /// <summary>The relation.</summary>
    public required ProxyRelationship Relationship { get; init; }

    /// <summary>The legal basis as it stands in the relation.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The person's name as it stands in the relation. Personal: stores encrypt it.</summary>
    public required string PatientName { get; init; }

    /// <summary>Relation and accounts; no name.</summary>
    public override string ToString() => $"{Subject} as {Relationship}";
}
