namespace MedId.Fido.Metadata;

/// <summary>How an authenticator keeps its private keys: bits of the FIDO registry §3.2.</summary>
[Flags]
public enum KeyProtections : ushort
{
    /// <summary>In software.</summary>
    Software = 0x1,

    /// <summary>In hardware.</summary>
    Hardware = 0x2,

    /// <summary>In a trusted execution environment.</summary>
    TrustedExecutionEnvironment = 0x4,

    /// <summary>In a secure element.</summary>
    SecureElement = 0x8,

    /// <summary>The wrapped key is kept by the server, as KeyID.</summary>
    RemoteHandle = 0x10,
}
