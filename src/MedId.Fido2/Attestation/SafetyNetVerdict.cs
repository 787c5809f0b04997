namespace MedId.Fido2;

/// <summary>What Google said of an Android device (WebAuthn L3 §8.5).</summary>
/// <param name="MadeAt">timestampMs.</param>
/// <param name="CtsProfileMatch">Whether the device passed compatibility testing; true in every statement that verified.</param>
/// <param name="BasicIntegrity">The weaker judgement; null when not said.</param>
/// <param name="PackageName">apkPackageName; null when not said.</param>
public sealed record SafetyNetVerdict(DateTimeOffset MadeAt, bool CtsProfileMatch, bool? BasicIntegrity, string? PackageName);
