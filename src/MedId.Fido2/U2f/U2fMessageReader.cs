using System.Formats.Asn1;

namespace MedId.Fido2;

/// <summary>What registration and authentication responses have in common.</summary>
internal static class U2fMessageReader
{
    /// <summary>The longest DER of two integers below the order of P-256.</summary>
    public const int MaxSignature = 72;

    /// <summary>Whether what is left is one DER SEQUENCE of that length at most; whether it is a signature, its verification says.</summary>
    public static bool IsOneSignature(ReadOnlySpan<byte> rest) => rest.Length <= MaxSignature
        && AsnDecoder.TryReadEncodedValue(rest, AsnEncodingRules.DER, out var tag, out _, out _, out var length)
        && tag.HasSameClassAndValue(Asn1Tag.Sequence)
        && length == rest.Length;
}
