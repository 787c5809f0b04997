using System.Security.Cryptography;
using System.Text.Json;

namespace MedId.Cryptography;

/// <summary>A DSA key with its parameters, which it may have inherited (RFC 3279 §2.3.2).</summary>
internal sealed class DsaKeyMaterial : KeyMaterial
{
    private const int MaxFields = 64;

    private readonly byte[] _subjectPublicKeyInfo;
    private readonly HandlePool<DSA> _handles;

    public DsaKeyMaterial(DSAParameters key)
    {
        Parameters = key;
        _subjectPublicKeyInfo = SubjectPublicKeyInfoWriter.WriteDsa(key);
        _handles = new(() => DSA.Create(key), DSA.Create(key));
    }

    public DSAParameters Parameters { get; }

    public override KeyKind Kind => KeyKind.Dsa;

    public override int SizeInBits => Parameters.P!.Length * 8;

    public override (byte[] First, byte[] Second) Numbers => (_subjectPublicKeyInfo, []);

    public override string? ThumbprintInput => null;

    public override bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        var order = Parameters.Q!;
        Span<byte> fields = stackalloc byte[MaxFields];
        fields = fields[..(order.Length * 2)];
        if (!SignatureBytes.TryReadDerSequence(signature, fields) || !IsScalar(fields[..order.Length], order) || !IsScalar(fields[order.Length..], order))
        {
            return false;
        }

        // FIPS 186-4 §4.6: of a hash longer than q, the leftmost bits; q has whole octets.
        Span<byte> hash = stackalloc byte[64];
        hash = hash[..Math.Min(CryptographicOperations.HashData(algorithm.Hash, data, hash), order.Length)];
        var handle = _handles.Rent();
        try
        {
            return handle.VerifySignature(hash, fields, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            _handles.Return(handle);
        }
    }

    public override byte[] ExportSubjectPublicKeyInfo() => [.. _subjectPublicKeyInfo];

    public override void WriteJwkMembers(Utf8JsonWriter writer) => throw new InvalidOperationException("A JWK holds no DSA key.");

    /// <summary>FIPS 186-4 §4.7 step 1: r and s are in [1, q-1].</summary>
    private static bool IsScalar(ReadOnlySpan<byte> number, ReadOnlySpan<byte> order) => number.ContainsAnyExcept((byte)0) && number.SequenceCompareTo(order) < 0;
}
