using System.Formats.Cbor;
using System.Security.Cryptography;

namespace MedId.Cryptography.Tests;

/// <summary>COSE_Key written by System.Formats.Cbor, one parameter at a time, right or wrong.</summary>
internal sealed class CoseDocument
{
    private readonly SortedDictionary<long, object> _parameters = new(Comparer<long>.Create((a, b) => a < 0 && b < 0 ? b.CompareTo(a) : a < 0 ? 1 : b < 0 ? -1 : a.CompareTo(b)));

    public static CoseDocument Of(long type, long algorithm, params (long Label, object Value)[] parameters)
    {
        var document = new CoseDocument().With(1, type).With(3, algorithm);
        foreach (var (label, value) in parameters)
        {
            document.With(label, value);
        }

        return document;
    }

    public static CoseDocument Point(KeyKind kind, long algorithm)
    {
        var (curve, number) = kind switch
        {
            KeyKind.P256 => (ECCurve.NamedCurves.nistP256, 1),
            KeyKind.P384 => (ECCurve.NamedCurves.nistP384, 2),
            KeyKind.P521 => (ECCurve.NamedCurves.nistP521, 3),
            _ => (ECCurve.CreateFromValue("1.3.132.0.10"), 8),
        };
        using var key = ECDsa.Create(curve);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Of(2, algorithm, (-1, (long)number), (-2, point.X!), (-3, point.Y!));
    }

    public static CoseDocument Rsa(long algorithm, int bits = 2048)
    {
        using var key = RSA.Create(bits);
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return Of(3, algorithm, (-1, parameters.Modulus!), (-2, parameters.Exponent!));
    }

    public static CoseDocument Edwards(KeyKind kind, long algorithm) => Of(
        1, algorithm, (-1, kind == KeyKind.Ed25519 ? 6L : 7L), (-2, Convert.FromHexString(Rfc8032Vectors.All.First(vector => vector.Kind == kind && vector.Domain.Length == 0 || (vector.Kind == kind && kind == KeyKind.Ed448)).Key)));

    public CoseDocument With(long label, object value)
    {
        _parameters[label] = value;
        return this;
    }

    public CoseDocument Without(long label)
    {
        _parameters.Remove(label);
        return this;
    }

    public byte[] Bytes(long label) => (byte[])_parameters[label];

    public byte[] Encode()
    {
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(_parameters.Count);
        foreach (var (label, value) in _parameters)
        {
            writer.WriteInt64(label);
            switch (value)
            {
                case long number: writer.WriteInt64(number); break;
                case byte[] bytes: writer.WriteByteString(bytes); break;
                case string text: writer.WriteTextString(text); break;
                case bool flag: writer.WriteBoolean(flag); break;
                case long[] numbers:
                    writer.WriteStartArray(numbers.Length);
                    Array.ForEach(numbers, writer.WriteInt64);
                    writer.WriteEndArray();
                    break;
                default: throw new ArgumentOutOfRangeException(nameof(value));
            }
        }

        writer.WriteEndMap();
        return writer.Encode();
    }
}
