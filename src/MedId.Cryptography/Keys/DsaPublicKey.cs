using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Reads DSA keys (RFC 3279 §2.3.2) and checks that they are of the group that their parameters name.</summary>
internal static class DsaPublicKey
{
    /// <summary>The sizes of p and q in bytes (FIPS 186-4 §4.2).</summary>
    private static readonly (int P, int Q)[] Sizes = [(128, 20), (256, 28), (256, 32), (384, 32)];

    public static MedIdResult<PublicKey> Read(AsnReader algorithm, byte[] key, PublicKey? issuer)
    {
        DSAParameters parameters;
        if (algorithm.HasData)
        {
            var numbers = algorithm.ReadSequence();
            algorithm.ThrowIfNotEmpty();
            if (!TryReadNumber(numbers, out var p) || !TryReadNumber(numbers, out var q) || !TryReadNumber(numbers, out var g))
            {
                return Malformed("numbers are positive");
            }

            numbers.ThrowIfNotEmpty();
            parameters = new() { P = p, Q = q, G = g };
        }
        else if (issuer?.Dsa is { } inherited)
        {
            parameters = inherited.Parameters;
        }
        else
        {
            return Unsupported("the key has no parameters, and its issuer has none to inherit");
        }

        var outer = new AsnReader(key, AsnEncodingRules.DER);
        var hasNumber = TryReadNumber(outer, out var y);
        outer.ThrowIfNotEmpty();
        return hasNumber ? Create(parameters, y) : Malformed("numbers are positive");
    }

    private static MedIdResult<PublicKey> Create(DSAParameters parameters, byte[] y)
    {
        var (p, q) = (parameters.P!, parameters.Q!);
        if (!Array.Exists(Sizes, s => s == (p.Length, q.Length)) || p[0] < 0x80 || q[0] < 0x80)
        {
            return Unsupported("p and q have none of the sizes of FIPS 186-4 §4.2");
        }

        if (y.Length > p.Length || parameters.G!.Length > p.Length || !IsOfGroup(parameters, y))
        {
            return new MedIdError(CryptographyErrorCodes.KeyMalformed, ErrorCategory.Malformed, "SP 800-56A r3 §5.6.2.3.1", "not a key of the group that the parameters name");
        }

        try
        {
            parameters.G = Padded(parameters.G, p.Length);
            parameters.Y = Padded(y, p.Length);
            return new PublicKey(new DsaKeyMaterial(parameters));
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return Unsupported("this platform does not take the key");
        }
    }

    /// <summary>q divides p-1; 1 &lt; g, y &lt; p; both of order q. That p and q are primes is the word of whoever certified the parameters.</summary>
    private static bool IsOfGroup(in DSAParameters parameters, byte[] y)
    {
        var (p, q) = (Number(parameters.P!), Number(parameters.Q!));
        return (p - 1) % q == 0 && !p.IsEven && !q.IsEven && IsElement(Number(parameters.G!), p, q) && IsElement(Number(y), p, q);
    }

    private static bool IsElement(BigInteger value, BigInteger p, BigInteger q) => value > 1 && value < p && BigInteger.ModPow(value, q, p).IsOne;

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Padded(byte[] number, int length) => number.Length == length ? number : [.. new byte[length - number.Length], .. number];

    private static bool TryReadNumber(AsnReader reader, out byte[] number)
    {
        var integer = reader.ReadIntegerBytes().Span;
        number = SubjectPublicKeyInfo.Unsigned(integer).ToArray();
        return integer[0] < 0x80 && number[0] != 0;
    }

    private static MedIdError Malformed(string detail) => new(CryptographyErrorCodes.KeyMalformed, ErrorCategory.Malformed, "RFC 3279 §2.3.2", detail);

    private static MedIdError Unsupported(string detail) => new(CryptographyErrorCodes.KeyUnsupported, ErrorCategory.Unsupported, "RFC 3279 §2.3.2", detail);
}
