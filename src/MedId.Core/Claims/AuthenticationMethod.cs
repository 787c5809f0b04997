namespace MedId.Core;

/// <summary>Values of <c>amr</c> (RFC 8176) that MedId's verifiers use. They say what was used, not how strong it was.</summary>
public static class AuthenticationMethod
{
    /// <summary>Proof of possession of a hardware-secured key.</summary>
    public const string HardwareKey = "hwk";

    /// <summary>Proof of possession of a software-secured key.</summary>
    public const string SoftwareKey = "swk";

    /// <summary>Fingerprint biometric.</summary>
    public const string Fingerprint = "fpt";

    /// <summary>Facial recognition.</summary>
    public const string Face = "face";

    /// <summary>Personal identification number or pattern, verified on the device.</summary>
    public const string Pin = "pin";

    /// <summary>Smart card.</summary>
    public const string SmartCard = "sc";

    /// <summary>Multiple-factor authentication; always beside the methods themselves.</summary>
    public const string MultiFactor = "mfa";

    /// <summary>User presence test.</summary>
    public const string UserPresence = "user";
}
