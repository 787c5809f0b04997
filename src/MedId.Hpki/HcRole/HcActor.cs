namespace MedId.Hpki;

/// <summary>One healthcare actor as an hcRole attribute carries it (ISO 17090-2): a text under a coding scheme. It is what the bytes say; whether it grants anything is for a <see cref="RoleTable"/>.</summary>
public sealed record HcActor
{
    /// <summary>The OID of the coding scheme (<c>codingSchemeReference</c>), dotted.</summary>
    public required string CodingScheme { get; init; }

    /// <summary>The text (<c>codeDataFreeText</c>), not trimmed, not folded.</summary>
    public required string Text { get; init; }

    /// <summary>The string type of <see cref="Text"/>.</summary>
    public HcTextType TextType { get; init; } = HcTextType.Utf8;

    /// <summary>The numeric code (<c>codeDataValue</c>), which the Japanese profile does not use; null when absent.</summary>
    public string? CodeValue { get; init; }

    /// <summary>The DER of <c>regionalHCActorData</c>, which the Japanese profile does not use: a SEQUENCE, lower hex; null when absent.</summary>
    public string? RegionalData { get; init; }
}
