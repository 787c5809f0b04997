namespace MedId.Fido2;

/// <summary>What FIDO's extensions of an attestation certificate say.</summary>
/// <param name="Transports">id-fido-u2f-ce-transports: 1 Bluetooth, 2 Bluetooth Low Energy, 4 USB, 8 NFC, 16 USB inside a device; null when not said. A hint.</param>
/// <param name="SerialNumber">id-fido-gen-ce-sernum of an enterprise attestation: it names one device, so it is personal data; empty when not said.</param>
/// <param name="FirmwareVersion">id-fido-gen-ce-fw-version; null when not said.</param>
public sealed record AttestedDevice(int? Transports, ReadOnlyMemory<byte> SerialNumber, long? FirmwareVersion)
{
    /// <summary>Nothing of the serial number.</summary>
    public override string ToString() => $"transports {Transports}, firmware {FirmwareVersion}";
}
