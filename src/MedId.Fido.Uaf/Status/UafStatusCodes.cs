using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>Status codes of the HTTP binding, and the one place where refusals turn into them. UAF 1.1 client-api-transport §3.</summary>
/// <remarks>The standard does not tie each check to a code; the table is ours.</remarks>
public static class UafStatusCodes
{
    /// <summary>Done.</summary>
    public const int Ok = 1200;

    /// <summary>Taken, not finished; no token goes with it.</summary>
    public const int Accepted = 1202;

    /// <summary>Not understood.</summary>
    public const int BadRequest = 1400;

    /// <summary>The user must authenticate, or the key is not of this user.</summary>
    public const int Unauthorized = 1401;

    /// <summary>Refused; trying again does not help.</summary>
    public const int Forbidden = 1403;

    /// <summary>Not found.</summary>
    public const int NotFound = 1404;

    /// <summary>Took too long.</summary>
    public const int RequestTimeout = 1408;

    /// <summary>No metadata for the model.</summary>
    public const int UnknownAaid = 1480;

    /// <summary>No registration for the key; the client should delete it.</summary>
    public const int UnknownKeyId = 1481;

    /// <summary>Channel binding refused.</summary>
    public const int ChannelBindingRefused = 1490;

    /// <summary>The request that is answered is unknown, used or expired.</summary>
    public const int RequestInvalid = 1491;

    /// <summary>The policy does not accept the authenticator.</summary>
    public const int UnacceptableAuthenticator = 1492;

    /// <summary>The model is revoked.</summary>
    public const int RevokedAuthenticator = 1493;

    /// <summary>The key is not acceptable.</summary>
    public const int UnacceptableKey = 1494;

    /// <summary>The algorithm is not acceptable.</summary>
    public const int UnacceptableAlgorithm = 1495;

    /// <summary>The attestation is not acceptable.</summary>
    public const int UnacceptableAttestation = 1496;

    /// <summary>The client's abilities are not acceptable.</summary>
    public const int UnacceptableClientCapabilities = 1497;

    /// <summary>The content is not acceptable.</summary>
    public const int UnacceptableContent = 1498;

    /// <summary>Broken inside.</summary>
    public const int InternalError = 1500;

    /// <summary>The status code of a refusal.</summary>
    /// <param name="error">A refusal of this package; one of another package gives 1403.</param>
    /// <param name="mode">How much the code says.</param>
    public static int FromError(MedIdError error, UafStatusMode mode = UafStatusMode.Specific)
    {
        ArgumentNullException.ThrowIfNull(error);
        return FromError(error.Code, mode);
    }

    /// <summary>The status code of a refusal.</summary>
    /// <param name="code">One of <see cref="UafErrorCodes"/>; any other code gives 1403.</param>
    /// <param name="mode">How much the code says.</param>
    public static int FromError(string code, UafStatusMode mode = UafStatusMode.Specific)
    {
        ArgumentNullException.ThrowIfNull(code);
        var specific = code switch
        {
            UafErrorCodes.NotJson or UafErrorCodes.TransportMalformed => BadRequest,
            UafErrorCodes.KeyOfOtherUser => Unauthorized,
            UafErrorCodes.AaidUnknown => UnknownAaid,
            UafErrorCodes.KeyUnknown => UnknownKeyId,
            UafErrorCodes.ChannelBinding => ChannelBindingRefused,
            UafErrorCodes.ServerDataMismatch or UafErrorCodes.ServerDataInvalid or UafErrorCodes.ServerDataExpired or UafErrorCodes.ChallengeMismatch
                or UafErrorCodes.ChallengeExpired or UafErrorCodes.ChallengeUsed or UafErrorCodes.ChallengeForeign => RequestInvalid,
            UafErrorCodes.PolicyNotMet or UafErrorCodes.AuthenticatorOutdated or UafErrorCodes.RegistrationCounter => UnacceptableAuthenticator,
            UafErrorCodes.AuthenticatorRevoked => RevokedAuthenticator,
            UafErrorCodes.PublicKeyInvalid => UnacceptableKey,
            UafErrorCodes.AlgorithmMismatch or UafErrorCodes.AlgorithmUnsupported or UafErrorCodes.KeyFormatMismatch => UnacceptableAlgorithm,
            UafErrorCodes.AttestationMissing or UafErrorCodes.AttestationType or UafErrorCodes.AttestationDowngrade or UafErrorCodes.AttestationUntrusted
                or UafErrorCodes.AttestationSignatureInvalid or UafErrorCodes.EcdaaUnsupported
                => UnacceptableAttestation,
            _ when code.StartsWith("uaf.", StringComparison.Ordinal) => UnacceptableContent,
            _ => Forbidden,
        };
        return mode == UafStatusMode.Conformance ? UnacceptableContent : specific;
    }
}
