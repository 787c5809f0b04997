using System.Text.Json.Serialization;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>One certificate as JPKI's linking services name it: kind, carrier, hierarchy and serial number (発行番号).</summary>
/// <remarks>The law keeps the use of serial numbers to confirming validity. Never printed, never serialised; <see cref="Key"/> is what a deployment keeps.</remarks>
[JsonConverter(typeof(NeverSerialized))]
public sealed class JpkiCertificateReference : IEquatable<JpkiCertificateReference>
{
    private const int MaxSerialBytes = 20;

    private readonly byte[] _serial;

    /// <summary>Names a certificate by its serial number, as a linking service answers.</summary>
    /// <param name="kind">What it is for.</param>
    /// <param name="carrier">Where its key lives.</param>
    /// <param name="hierarchy">Which hierarchy.</param>
    /// <param name="serialNumber">Unsigned, big-endian, 1 to 20 bytes; leading zeros do not count.</param>
    /// <exception cref="ArgumentException">Empty, zero or longer.</exception>
    public JpkiCertificateReference(JpkiCertificateKind kind, JpkiCarrier carrier, JpkiHierarchy hierarchy, ReadOnlySpan<byte> serialNumber)
    {
        var significant = serialNumber.TrimStart((byte)0);
        if (significant.Length is 0 or > MaxSerialBytes)
        {
            throw new ArgumentException("A serial number has 1 to 20 bytes.", nameof(serialNumber));
        }

        Kind = kind;
        Carrier = carrier;
        Hierarchy = hierarchy;
        _serial = significant.ToArray();
    }

    /// <summary>What it is for.</summary>
    public JpkiCertificateKind Kind { get; }

    /// <summary>Where its key lives.</summary>
    public JpkiCarrier Carrier { get; }

    /// <summary>Which hierarchy.</summary>
    public JpkiHierarchy Hierarchy { get; }

    /// <summary>The serial number, for asking a linking service. Not for keeping.</summary>
    public ReadOnlyMemory<byte> SerialNumber => _serial;

    /// <summary>The keyed digest that stands for the certificate here.</summary>
    /// <param name="keys">The deployment's key.</param>
    public string Key(KeyedDigest keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Compute($"jpki-certificate/{Hierarchy}/{Carrier}/{Kind}", Convert.ToHexStringLower(_serial));
    }

    /// <inheritdoc/>
    public bool Equals(JpkiCertificateReference? other) =>
        other is not null && Kind == other.Kind && Carrier == other.Carrier && Hierarchy == other.Hierarchy && _serial.AsSpan().SequenceEqual(other._serial);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as JpkiCertificateReference);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Kind);
        hash.AddBytes(_serial);
        return hash.ToHashCode();
    }

    /// <summary>Kind and carrier only.</summary>
    public override string ToString() => $"{Kind} {Carrier}";

    /// <summary>Whether the content octets are a serial number that JPKI could have issued: positive, at most 20 bytes.</summary>
    internal static bool IsSerialNumber(ReadOnlySpan<byte> octets) => !octets.IsEmpty && octets[0] < 0x80 && octets.TrimStart((byte)0).Length is > 0 and <= MaxSerialBytes;

    internal static JpkiCertificateReference Of(JpkiCertificateProfile profile, Certificate certificate) =>
        new(profile.Kind, profile.Carrier, profile.Hierarchy, certificate.SerialNumber.Span);
}
