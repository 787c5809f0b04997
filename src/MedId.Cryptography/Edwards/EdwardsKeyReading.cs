namespace MedId.Cryptography;

/// <summary>What came of reading an EdDSA key.</summary>
internal enum EdwardsKeyReading
{
    /// <summary>A point with a part of the large order.</summary>
    Good,

    /// <summary>Not the canonical encoding of a point of the curve.</summary>
    NotAPoint,

    /// <summary>A point for which anybody can make signatures.</summary>
    SmallOrder,
}
