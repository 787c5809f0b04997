namespace MedId.Testing;

/// <summary>Which ceremony and format a fault changes something in: a fault that changes nothing would let a test pass for nothing.</summary>
internal static class Fido2FaultScope
{
    public static void Require(Fido2Fault fault, bool creation, VirtualFido2Format format)
    {
        if (creation ? !ConcernsCreation(fault) : !ConcernsRequest(fault))
        {
            throw new ArgumentException($"{fault} is no fault of this ceremony.", nameof(fault));
        }

        if (creation && !Concerns(fault, format))
        {
            throw new ArgumentException($"{fault} is no fault of format {format}; does the request ask for attestation?", nameof(fault));
        }
    }

    public static bool ConcernsCreation(Fido2Fault fault) => fault < Fido2Fault.TamperedSignature && fault is not (
        Fido2Fault.NoAuthenticatorData or Fido2Fault.NoSignature or Fido2Fault.BackupEligibilityChanged or Fido2Fault.AttestedCredentialInAssertion);

    public static bool ConcernsRequest(Fido2Fault fault) => fault switch
    {
        >= Fido2Fault.TamperedSignature => true,
        Fido2Fault.AttestationObjectIndefinite or Fido2Fault.NoAttestationObject or Fido2Fault.NoAttestedCredential or Fido2Fault.CredentialIdOverrun or Fido2Fault.CredentialIdTooLong => false,
        _ => fault < Fido2Fault.AlgorithmNotOffered,
    };

    public static bool Concerns(Fido2Fault fault, VirtualFido2Format format) => fault switch
    {
        Fido2Fault.RsaExponentOne or Fido2Fault.RsaShortModulus => format != VirtualFido2Format.FidoU2f,
        Fido2Fault.NoneWithStatement => format == VirtualFido2Format.None,
        Fido2Fault.PackedSelfOtherAlgorithm => format == VirtualFido2Format.PackedSelf,
        >= Fido2Fault.PackedEcdaa and <= Fido2Fault.PackedLeafAaguidNotWrapped => format == VirtualFido2Format.Packed,
        >= Fido2Fault.TpmOtherVersion and <= Fido2Fault.TpmLeafOtherAaguid => format == VirtualFido2Format.Tpm,
        >= Fido2Fault.AndroidKeyWithoutDescription and <= Fido2Fault.AndroidKeyWithoutPurpose => format == VirtualFido2Format.AndroidKey,
        >= Fido2Fault.SafetyNetWithoutVersion and <= Fido2Fault.SafetyNetWithoutPath => format == VirtualFido2Format.AndroidSafetyNet,
        >= Fido2Fault.AppleOtherNonce and <= Fido2Fault.AppleWithoutPath => format == VirtualFido2Format.Apple,
        >= Fido2Fault.U2fTwoCertificates and <= Fido2Fault.U2fOtherCredentialId => format == VirtualFido2Format.FidoU2f,
        >= Fido2Fault.CompoundOfOne and <= Fido2Fault.CompoundPartWithoutFormat => format == VirtualFido2Format.Compound,
        Fido2Fault.AttestationWithoutAlgorithm or Fido2Fault.AttestationOtherAlgorithm or Fido2Fault.AttestationUnknownAlgorithm =>
            format is VirtualFido2Format.Packed or VirtualFido2Format.PackedSelf or VirtualFido2Format.Tpm or VirtualFido2Format.AndroidKey,
        Fido2Fault.AttestationWithoutSignature =>
            format is VirtualFido2Format.Packed or VirtualFido2Format.PackedSelf or VirtualFido2Format.Tpm or VirtualFido2Format.AndroidKey or VirtualFido2Format.FidoU2f,
        Fido2Fault.AttestationTamperedSignature or Fido2Fault.AttestationForeignKey =>
            format is not (VirtualFido2Format.None or VirtualFido2Format.Apple or VirtualFido2Format.Compound),
        Fido2Fault.AttestationOtherClientData => format is not (VirtualFido2Format.None or VirtualFido2Format.Compound),
        Fido2Fault.AttestationEmptyPath or Fido2Fault.AttestationPathNotList or Fido2Fault.AttestationGarbageCertificate =>
            format is VirtualFido2Format.Packed or VirtualFido2Format.Tpm or VirtualFido2Format.AndroidKey or VirtualFido2Format.FidoU2f or VirtualFido2Format.Apple,
        Fido2Fault.AttestationForeignRoot or Fido2Fault.AttestationExpired =>
            format is not (VirtualFido2Format.None or VirtualFido2Format.PackedSelf or VirtualFido2Format.Compound),
        Fido2Fault.AttestationIntermediateMissing =>
            format is not (VirtualFido2Format.None or VirtualFido2Format.PackedSelf or VirtualFido2Format.Compound or VirtualFido2Format.FidoU2f),
        _ => true,
    };
}
