namespace MedId.Fido.Metadata;

/// <summary>One report about a model: <c>StatusReport</c>. FIDO MDS 3.0 §3.1.3.</summary>
public sealed record StatusReport
{
    /// <summary><c>status</c>; <see cref="AuthenticatorStatus.Unknown"/> for a word of a later edition.</summary>
    public required AuthenticatorStatus Status { get; init; }

    /// <summary><c>status</c> as written.</summary>
    public required string StatusText { get; init; }

    /// <summary><c>effectiveDate</c>: the first day on which it holds, in UTC; null for as long as it stands there.</summary>
    public DateOnly? EffectiveDate { get; init; }

    /// <summary><c>authenticatorVersion</c>: the firmware it is about; of an update, the one that mends. Null when not stated.</summary>
    public ulong? AuthenticatorVersion { get; init; }

    /// <summary><c>certificate</c>: DER of the attestation certificate that it is about; empty when it is about all.</summary>
    public ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary><c>url</c> with more about it; null when absent. Never fetched.</summary>
    public string? Url { get; init; }

    /// <summary><c>certificationDescriptor</c>; null when absent.</summary>
    public string? CertificationDescriptor { get; init; }

    /// <summary><c>certificateNumber</c> of the certification; null when absent.</summary>
    public string? CertificateNumber { get; init; }

    /// <summary><c>certificationPolicyVersion</c>; null when absent.</summary>
    public string? CertificationPolicyVersion { get; init; }

    /// <summary><c>certificationRequirementsVersion</c>; null when absent.</summary>
    public string? CertificationRequirementsVersion { get; init; }

    /// <summary>Whether it holds at a time: from the first instant of <see cref="EffectiveDate"/> on, in UTC.</summary>
    /// <param name="at">The time.</param>
    public bool IsEffectiveAt(DateTimeOffset at) => EffectiveDate is not { } date || DateOnly.FromDateTime(at.UtcDateTime) >= date;

    /// <inheritdoc/>
    public bool Equals(StatusReport? other) => other is not null
        && string.Equals(StatusText, other.StatusText, StringComparison.Ordinal)
        && EffectiveDate == other.EffectiveDate
        && AuthenticatorVersion == other.AuthenticatorVersion
        && Certificate.Span.SequenceEqual(other.Certificate.Span)
        && string.Equals(Url, other.Url, StringComparison.Ordinal)
        && string.Equals(CertificationDescriptor, other.CertificationDescriptor, StringComparison.Ordinal)
        && string.Equals(CertificateNumber, other.CertificateNumber, StringComparison.Ordinal)
        && string.Equals(CertificationPolicyVersion, other.CertificationPolicyVersion, StringComparison.Ordinal)
        && string.Equals(CertificationRequirementsVersion, other.CertificationRequirementsVersion, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(StatusText, EffectiveDate, AuthenticatorVersion, Certificate.Length, CertificateNumber);
}
