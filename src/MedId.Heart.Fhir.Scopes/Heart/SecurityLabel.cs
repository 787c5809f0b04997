namespace MedId.Heart.Fhir.Scopes;

/// <summary>What a coding of <c>meta.security</c> asks of the token.</summary>
/// <param name="Kind">Which scope uncovers it.</param>
/// <param name="Code">The code as this package knows it; null when it is none, so that no scope can uncover it.</param>
internal readonly record struct SecurityLabel(SecurityLabelKind Kind, string? Code)
{
    /// <summary>What a resource without any confidentiality label is taken for.</summary>
    public static SecurityLabel Normal => new(SecurityLabelKind.Confidentiality, "N");

    private static ReadOnlySpan<byte> ActReason => "http://terminology.hl7.org/CodeSystem/v3-ActReason"u8;

    private static ReadOnlySpan<byte> ObservationValue => "http://terminology.hl7.org/CodeSystem/v3-ObservationValue"u8;

    /// <summary>The label as a token search writes it; null for one that is none of HEART's.</summary>
    public string? ToToken() => this switch
    {
        { Kind: SecurityLabelKind.Confidentiality, Code: { } code } => "http://terminology.hl7.org/CodeSystem/v3-Confidentiality|" + code,
        { Kind: SecurityLabelKind.Sensitivity, Code: { } code } => "http://terminology.hl7.org/CodeSystem/v3-ActCode|" + code,
        _ => null,
    };

    /// <summary>Sorts a coding. The STU3 addresses and the OIDs of both code systems are still found in stored resources.</summary>
    public static SecurityLabel Read(ReadOnlySpan<byte> system, ReadOnlySpan<byte> code)
    {
        if (IsConfidentiality(system))
        {
            // Retired members of Confidentiality (HIV, PSY, ETH …) were sensitivities.
            return ConfidentialityCodes.Find(code) is { } level ? new(SecurityLabelKind.Confidentiality, level) : new(SecurityLabelKind.Sensitivity, SensitivityCodes.Find(code));
        }

        if (IsActCode(system))
        {
            return SensitivityCodes.IsHandling(code) ? default : new(SecurityLabelKind.Sensitivity, SensitivityCodes.Find(code));
        }

        if (system.SequenceEqual(ActReason) || system.SequenceEqual(ObservationValue))
        {
            return default;
        }

        if (!system.IsEmpty)
        {
            // DS4P: a remark that elements carry labels of their own; those are looked for in every resource.
            return system.SequenceEqual("http://hl7.org/fhir/uv/security-label-ds4p/CodeSystem/codesystem-inline-labels"u8) && code.SequenceEqual("HAS-INLINE-SEC-LABELS"u8)
                ? default
                : new(SecurityLabelKind.Foreign, null);
        }

        // Without a system the stricter reading is taken.
        if (ConfidentialityCodes.Find(code) is { } bare)
        {
            return new(SecurityLabelKind.Confidentiality, bare);
        }

        return SensitivityCodes.Find(code) is { } sensitive ? new(SecurityLabelKind.Sensitivity, sensitive) : new(SecurityLabelKind.Foreign, null);
    }

    private static bool IsConfidentiality(ReadOnlySpan<byte> system) =>
        system.SequenceEqual("http://terminology.hl7.org/CodeSystem/v3-Confidentiality"u8)
        || system.SequenceEqual("http://hl7.org/fhir/v3/Confidentiality"u8)
        || system.SequenceEqual("urn:oid:2.16.840.1.113883.5.25"u8);

    private static bool IsActCode(ReadOnlySpan<byte> system) =>
        system.SequenceEqual("http://terminology.hl7.org/CodeSystem/v3-ActCode"u8)
        || system.SequenceEqual("http://hl7.org/fhir/v3/ActCode"u8)
        || system.SequenceEqual("urn:oid:2.16.840.1.113883.5.4"u8);
}
