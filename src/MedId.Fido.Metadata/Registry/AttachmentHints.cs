namespace MedId.Fido.Metadata;

/// <summary>How an authenticator is attached to the device: bits of the FIDO registry §3.4. A hint that changes with the situation.</summary>
[Flags]
public enum AttachmentHints : uint
{
    /// <summary>Built in.</summary>
    Internal = 0x1,

    /// <summary>Outside the device.</summary>
    External = 0x2,

    /// <summary>By wire.</summary>
    Wired = 0x4,

    /// <summary>Without wire.</summary>
    Wireless = 0x8,

    /// <summary>NFC.</summary>
    Nfc = 0x10,

    /// <summary>Bluetooth.</summary>
    Bluetooth = 0x20,

    /// <summary>Over a network.</summary>
    Network = 0x40,

    /// <summary>Ready for use now.</summary>
    Ready = 0x80,

    /// <summary>Wi-Fi Direct.</summary>
    WifiDirect = 0x100,
}
