using System.Formats.Asn1;
using MedId.Core;

namespace MedId.Pki;

/// <summary>An algorithm with its parameters (RFC 5280 §4.1.1.2), as it stands in the signed structure.</summary>
public sealed class AlgorithmIdentifier
{
    private AlgorithmIdentifier(string oid, ReadOnlyMemory<byte> parameters, ReadOnlyMemory<byte> rawData)
    {
        Oid = oid;
        Parameters = parameters;
        RawData = rawData;
    }

    /// <summary>The algorithm's object identifier, dotted.</summary>
    public string Oid { get; }

    /// <summary>The DER element of the parameters; empty when they are absent.</summary>
    public ReadOnlyMemory<byte> Parameters { get; }

    /// <summary>The whole SEQUENCE in DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>Reads one; which algorithm it is, and whether its parameters fit, is not asked.</summary>
    /// <param name="der">The whole SEQUENCE in DER, nothing after it; the bytes are kept, not copied.</param>
    public static MedIdResult<AlgorithmIdentifier> Parse(ReadOnlyMemory<byte> der)
    {
        try
        {
            var reader = new DerReader(der);
            var identifier = Read(ref reader);
            reader.ThrowIfNotEmpty();
            return identifier;
        }
        catch (AsnContentException)
        {
            return new MedIdError(PkiErrorCodes.AlgorithmUnsupported, ErrorCategory.Malformed, "RFC 5280 §4.1.1.2", "not an AlgorithmIdentifier in DER");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Oid;

    internal static AlgorithmIdentifier Read(ref DerReader reader)
    {
        var rawData = reader.PeekEncodedValue();
        var content = reader.ReadSequence();
        var oid = content.ReadOid();
        var parameters = content.HasData ? content.ReadEncodedValue() : default;
        content.ThrowIfNotEmpty();
        return new(oid, parameters, rawData);
    }
}
