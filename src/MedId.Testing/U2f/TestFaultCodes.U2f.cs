using MedId.Fido2;

namespace MedId.Testing;

/// <content>The codes for faults of U2F tokens.</content>
public static partial class TestFaultCodes
{
    /// <summary>The code for a fault of a U2F token, where the verifier trusts its root alone, demands trust, and refuses counters that do not advance; null where it is no refusal.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="registration">Whether of a registration; else of an authentication.</param>
    public static string? CodeOf(U2fFault fault, bool registration) => fault switch
    {
        U2fFault.TrailingByte or U2fFault.CutOff or U2fFault.Empty or U2fFault.OtherFirstByte or U2fFault.KeyHandleOverrun or U2fFault.EmptyKeyHandle
            or U2fFault.EmptySignature or U2fFault.RawSignature => registration ? U2fErrorCodes.RegistrationMalformed : U2fErrorCodes.SignResponseMalformed,
        U2fFault.PointOffCurve or U2fFault.PointCompressed => U2fErrorCodes.KeyMalformed,
        U2fFault.GarbageCertificate or U2fFault.LeafOtherCurve => U2fErrorCodes.CertificateMalformed,
        U2fFault.ForeignRoot or U2fFault.Expired => Fido2ErrorCodes.AttestationUntrusted,
        U2fFault.ForeignAttestationKey or U2fFault.SignedOtherKeyHandle or U2fFault.SignedOtherPublicKey => U2fErrorCodes.AttestationSignatureInvalid,
        U2fFault.TamperedSignature or U2fFault.SignedOtherClientData or U2fFault.OtherAppId => registration ? U2fErrorCodes.AttestationSignatureInvalid : U2fErrorCodes.SignatureInvalid,
        U2fFault.ForeignKey => U2fErrorCodes.SignatureInvalid,
        U2fFault.OtherKeyHandle => U2fErrorCodes.KeyHandleMismatch,
        U2fFault.NoUserPresence => U2fErrorCodes.UserNotPresent,
        U2fFault.CounterNotAdvanced or U2fFault.CounterReset => U2fErrorCodes.CounterNotAdvanced,
        U2fFault.OtherType => U2fErrorCodes.ClientDataType,
        U2fFault.OtherChallenge or U2fFault.PaddedChallenge => U2fErrorCodes.ChallengeMismatch,
        U2fFault.OtherFacet => U2fErrorCodes.FacetUnexpected,
        U2fFault.WithoutType or U2fFault.WithoutChallenge or U2fFault.WithoutOrigin or U2fFault.ClientDataNotJson or U2fFault.ClientDataNotUtf8
            or U2fFault.ClientDataDuplicateMember => U2fErrorCodes.ClientDataMalformed,
        _ => null,
    };
}
