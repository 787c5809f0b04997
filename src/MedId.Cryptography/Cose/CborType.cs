namespace MedId.Cryptography;

/// <summary>What stands next in a <see cref="CborReader"/>.</summary>
public enum CborType
{
    /// <summary>Nothing: the end of the item, array or map.</summary>
    None,

    /// <summary>A number from 0 to 2^64 - 1 (major type 0).</summary>
    UnsignedInteger,

    /// <summary>A number from -2^64 to -1 (major type 1).</summary>
    NegativeInteger,

    /// <summary>Bytes (major type 2).</summary>
    ByteString,

    /// <summary>UTF-8 text (major type 3).</summary>
    TextString,

    /// <summary>An array (major type 4).</summary>
    Array,

    /// <summary>A map (major type 5).</summary>
    Map,

    /// <summary>True or false (major type 7).</summary>
    Boolean,

    /// <summary>A floating-point number of 16, 32 or 64 bits (major type 7); it can be skipped or taken as it is encoded.</summary>
    Float,

    /// <summary>Null, undefined and every other simple value (major type 7); it can be skipped or taken as it is encoded.</summary>
    Simple,
}
