namespace MedId.Cryptography;

/// <summary>How strictly CBOR of others is read. Under both, tags, duplicate keys, invalid UTF-8, lengths beyond the input and too deep nesting are refused.</summary>
public enum CborRules
{
    /// <summary>The CTAP2 canonical form (CTAP 2.1 §8): definite lengths, shortest numbers, map keys by major type, then length, then bytes.</summary>
    Ctap2Canonical,

    /// <summary>
    /// Well-formed CBOR (RFC 8949 §3) with unique map keys: indefinite lengths, numbers longer than needed and any order of keys are read. Keys are integers or strings
    /// of definite length, and a map has at most 256 entries.
    /// </summary>
    Tolerant,
}
