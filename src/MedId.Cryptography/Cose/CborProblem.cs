namespace MedId.Cryptography;

/// <summary>Why bytes are not the CBOR that was asked for.</summary>
internal enum CborProblem
{
    None,
    Malformed,
    NotCanonical,
    DuplicateKey,
    TooDeep,
    Tag,
    TooManyEntries,
}
