using System.Formats.Asn1;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>Reads id-fido-u2f-ce-transports, and names transports as WebAuthn does.</summary>
internal static class U2fTransportsReader
{
    private const string Oid = "1.3.6.1.4.1.45724.2.1.1";

    private const U2fTransports Known = (U2fTransports)0x1F;

    // A hint that cannot be read says nothing; it does not refuse the token.
    public static U2fTransports Read(Certificate certificate)
    {
        if (certificate.Extensions.Find(Oid) is not { } extension)
        {
            return U2fTransports.None;
        }

        try
        {
            var bits = AsnDecoder.ReadBitString(extension.Value.Span, AsnEncodingRules.DER, out _, out _);
            var first = bits.Length == 0 ? (byte)0 : bits[0];
            var transports = U2fTransports.None;
            for (var bit = 0; bit < 8; bit++)
            {
                // ASN.1 counts named bits from the highest of the first octet.
                transports |= (first & (0x80 >> bit)) != 0 ? (U2fTransports)(1 << bit) : U2fTransports.None;
            }

            return transports & Known;
        }
        catch (AsnContentException)
        {
            return U2fTransports.None;
        }
    }

    /// <summary>WebAuthn L3 §5.8.4.</summary>
    public static IReadOnlyList<string> ToWebAuthn(U2fTransports transports)
    {
        var names = new List<string>();
        if ((transports & U2fTransports.BluetoothLowEnergy) != default)
        {
            names.Add("ble");
        }

        if ((transports & U2fTransports.Nfc) != default)
        {
            names.Add("nfc");
        }

        if ((transports & (U2fTransports.Usb | U2fTransports.UsbInternal)) != default)
        {
            names.Add("usb");
        }

        return names;
    }
}
