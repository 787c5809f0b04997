namespace MedId.Fido.Metadata;

/// <summary>How well a biometric tells people apart, as the vendor states it: <c>BiometricAccuracyDescriptor</c>. FIDO metadata statement §3.3.</summary>
/// <param name="FalseRejectRate"><c>selfAttestedFRR</c> (<c>FRR</c> in version 2): part of 1. Null when not stated.</param>
/// <param name="FalseAcceptRate"><c>selfAttestedFAR</c> (<c>FAR</c> in version 2): part of 1. Null when not stated.</param>
/// <param name="MaxTemplates"><c>maxTemplates</c>: the most templates. Null when not stated.</param>
/// <param name="MaxRetries"><c>maxRetries</c>: false attempts before the method is blocked; 0 for never. Null when not stated.</param>
/// <param name="BlockSlowdown"><c>blockSlowdown</c>: seconds to wait after a block; 0 for for ever. Null when not stated.</param>
public sealed record BiometricAccuracy(double? FalseRejectRate, double? FalseAcceptRate, ushort? MaxTemplates, ushort? MaxRetries, ushort? BlockSlowdown);
