namespace MedId.Fido2;

/// <summary>How a U2F token is reached, as its attestation certificate says (id-fido-u2f-ce-transports). A hint, never evidence.</summary>
/// <remarks>The order of the bits is that of the published extension as this library's editors recall it; it was not compared with the text of the standard.</remarks>
[Flags]
public enum U2fTransports
{
    /// <summary>The certificate does not say.</summary>
    None = 0,

    /// <summary>Bit 0: Bluetooth.</summary>
    Bluetooth = 0x1,

    /// <summary>Bit 1: Bluetooth Low Energy.</summary>
    BluetoothLowEnergy = 0x2,

    /// <summary>Bit 2: USB.</summary>
    Usb = 0x4,

    /// <summary>Bit 3: NFC.</summary>
    Nfc = 0x8,

    /// <summary>Bit 4: USB inside the device.</summary>
    UsbInternal = 0x10,
}
