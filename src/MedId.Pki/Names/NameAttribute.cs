using System.Formats.Asn1;

namespace MedId.Pki;

/// <summary>One attribute of a relative distinguished name (RFC 5280 §4.1.2.4): a type and a value.</summary>
public sealed class NameAttribute
{
    private NameAttribute(string oid, ReadOnlyMemory<byte> rawValue, string? text)
    {
        Oid = oid;
        RawValue = rawValue;
        Text = text;
    }

    /// <summary>The attribute's type, dotted.</summary>
    public string Oid { get; }

    /// <summary>The value's whole DER element.</summary>
    public ReadOnlyMemory<byte> RawValue { get; }

    /// <summary>The value as it was written when it is a character string; null for other values.</summary>
    public string? Text { get; }

    /// <summary>Nothing of the name: names are personal data more often than not.</summary>
    public override string ToString() => Oid;

    internal static NameAttribute Read(ref DerReader set)
    {
        var attribute = set.ReadSequence();
        var oid = attribute.ReadOid();
        var value = attribute.ReadEncodedValue();
        attribute.ThrowIfNotEmpty();
        return new(oid, value, DirectoryText.Read(value));
    }

    internal static NameAttribute Create(string oid, ReadOnlyMemory<byte> value)
    {
        _ = DerReaderWhole(value);
        return new(oid, value, DirectoryText.Read(value));
    }

    private static ReadOnlyMemory<byte> DerReaderWhole(ReadOnlyMemory<byte> value)
    {
        var reader = new DerReader(value);
        var whole = reader.ReadEncodedValue();
        reader.ThrowIfNotEmpty();
        return whole.Length == value.Length ? whole : throw new ProfileException("Not one element.");
    }
}
