namespace MedId.Cryptography;

/// <summary>One decoded EdDSA key.</summary>
internal interface IEdwardsVerifier
{
    bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}
