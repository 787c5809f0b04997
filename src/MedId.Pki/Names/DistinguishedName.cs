using System.Formats.Asn1;
using MedId.Core;

namespace MedId.Pki;

/// <summary>The name of an issuer or subject (RFC 5280 §4.1.2.4). Equal means: matches by RFC 5280 §7.1.</summary>
/// <remarks>
/// Immutable, and usable as the key of a dictionary. Matching folds case by the invariant culture and normalises by NFKC where the platform has Unicode data;
/// in .NET's invariant globalisation mode without them, names outside ASCII match by case folding alone.
/// </remarks>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    /// <summary>The longest encoding that is read, in bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>The most relative names that are read.</summary>
    public const int MaxRelativeNames = 64;

    private readonly RelativeDistinguishedName[] _rdns;
    private string? _key;

    private DistinguishedName(ReadOnlyMemory<byte> rawData, RelativeDistinguishedName[] rdns)
    {
        RawData = rawData;
        _rdns = rdns;
    }

    /// <summary>The name in DER, as it was written.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>Its steps, the root of the directory first.</summary>
    public IReadOnlyList<RelativeDistinguishedName> Rdns => _rdns;

    /// <summary>Whether it has no step, as a subject may that is named by its alternative name alone (RFC 5280 §4.1.2.6).</summary>
    public bool IsEmpty => _rdns.Length == 0;

    /// <summary>What two names that match have in common; for stores that find CRLs or certificates by name. Stable within a version of the library.</summary>
    internal string Key => _key ??= string.Concat(_rdns.Select(rdn => NameMatching.Measured(rdn.Key)));

    /// <summary>Reads a Name.</summary>
    /// <param name="der">The whole SEQUENCE in DER, nothing after it; the bytes are kept, not copied.</param>
    public static MedIdResult<DistinguishedName> Parse(ReadOnlyMemory<byte> der)
    {
        if (der.Length > MaxBytes)
        {
            return new MedIdError(PkiErrorCodes.NameMalformed, ErrorCategory.Malformed, PkiSections.Name, "the name is too long");
        }

        try
        {
            var reader = new DerReader(der);
            var name = Read(ref reader);
            reader.ThrowIfNotEmpty();
            return name;
        }
        catch (AsnContentException e)
        {
            return ProfileException.ToError(e, PkiErrorCodes.NameMalformed, PkiSections.Name);
        }
    }

    /// <summary>Reads the text form of RFC 4514, e.g. <c>CN=Example CA,O=Example,C=JP</c>.</summary>
    /// <param name="text">The text; attribute types by short name or dotted, values escaped as §2.4 says or as <c>#</c> and the hexadecimal DER.</param>
    public static MedIdResult<DistinguishedName> ParseRfc4514(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return NameText.TryEncode(text, out var der) ? Parse(der) : new MedIdError(PkiErrorCodes.NameMalformed, ErrorCategory.Malformed, "RFC 4514 §3", "not the text of a name");
    }

    /// <summary>Whether the names match by RFC 5280 §7.1.</summary>
    /// <param name="other">The other name.</param>
    public bool Equals(DistinguishedName? other) => other is not null && (ReferenceEquals(this, other) || RawData.Span.SequenceEqual(other.RawData.Span)
        || (_rdns.Length == other._rdns.Length && IsWithin(other)));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether this name is the base of a subtree or below it (RFC 5280 §7.1).</summary>
    /// <param name="subtree">The base.</param>
    public bool IsWithin(DistinguishedName subtree)
    {
        ArgumentNullException.ThrowIfNull(subtree);
        if (subtree._rdns.Length > _rdns.Length)
        {
            return false;
        }

        for (var i = subtree._rdns.Length - 1; i >= 0; i--)
        {
            if (!_rdns[i].Equals(subtree._rdns[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text of the attribute nearest to the subject, the last one written; null when there is none or its value is no text.</summary>
    /// <param name="oid">The attribute's type, dotted, e.g. <c>2.5.4.3</c> for the common name.</param>
    public string? Find(string oid)
    {
        for (var i = _rdns.Length - 1; i >= 0; i--)
        {
            foreach (var attribute in _rdns[i].Attributes)
            {
                if (string.Equals(attribute.Oid, oid, StringComparison.Ordinal))
                {
                    return attribute.Text;
                }
            }
        }

        return null;
    }

    /// <summary>The text form of RFC 4514: the step nearest to the subject first.</summary>
    public override string ToString() => NameText.Format(this);

    internal static DistinguishedName Read(ref DerReader reader)
    {
        var rawData = reader.PeekEncodedValue();
        if (rawData.Length > MaxBytes)
        {
            throw new ProfileException("The name is too long.");
        }

        var rdns = new List<RelativeDistinguishedName>(6);
        for (var steps = reader.ReadSequence(); steps.HasData;)
        {
            rdns.Add(rdns.Count < MaxRelativeNames ? RelativeDistinguishedName.Read(ref steps) : throw new ProfileException("Too many relative names."));
        }

        return new(rawData, [.. rdns]);
    }

    /// <summary>This name with one more step (RFC 5280 §4.2.1.13: nameRelativeToCRLIssuer).</summary>
    internal DistinguishedName Append(RelativeDistinguishedName step)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (var rdn in _rdns)
            {
                writer.WriteEncodedValue(rdn.RawData.Span);
            }

            writer.WriteEncodedValue(step.RawData.Span);
        }

        return new(writer.Encode(), [.. _rdns, step]);
    }
}
