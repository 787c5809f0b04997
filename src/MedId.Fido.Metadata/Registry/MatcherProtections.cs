namespace MedId.Fido.Metadata;

/// <summary>Where the user is compared with the enrolled template: bits of the FIDO registry §3.3.</summary>
[Flags]
public enum MatcherProtections : ushort
{
    /// <summary>In software.</summary>
    Software = 0x1,

    /// <summary>In a trusted execution environment.</summary>
    TrustedExecutionEnvironment = 0x2,

    /// <summary>On the chip of the authenticator.</summary>
    OnChip = 0x4,
}
