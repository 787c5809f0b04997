namespace MedId.Fido.Metadata;

/// <summary>What an authenticator shows a transaction on: bits of the FIDO registry §3.5; 0 is no display.</summary>
[Flags]
public enum TransactionDisplays : ushort
{
    /// <summary>Some display.</summary>
    Any = 0x1,

    /// <summary>Privileged software of the device.</summary>
    PrivilegedSoftware = 0x2,

    /// <summary>A trusted execution environment.</summary>
    TrustedExecutionEnvironment = 0x4,

    /// <summary>The authenticator's own display.</summary>
    Hardware = 0x8,

    /// <summary>A display of another device.</summary>
    Remote = 0x10,
}
