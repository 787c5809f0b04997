namespace MedId.Fido.Metadata;

/// <summary>A certification of a model's biometric part: <c>BiometricStatusReport</c>. FIDO MDS 3.0 §3.1.2.</summary>
/// <param name="CertificationLevel"><c>certLevel</c>.</param>
/// <param name="Modality"><c>modality</c>: the user verification method, e.g. <c>fingerprint_internal</c>.</param>
/// <param name="EffectiveDate"><c>effectiveDate</c>; null when absent.</param>
/// <param name="CertificationDescriptor"><c>certificationDescriptor</c>; null when absent.</param>
/// <param name="CertificateNumber"><c>certificateNumber</c>; null when absent.</param>
public sealed record BiometricStatusReport(
    ushort CertificationLevel, string Modality, DateOnly? EffectiveDate, string? CertificationDescriptor, string? CertificateNumber);
