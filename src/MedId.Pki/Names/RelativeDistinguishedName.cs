using System.Formats.Asn1;

namespace MedId.Pki;

/// <summary>One step of a directory name: a set of attributes, nearly always one (RFC 5280 §4.1.2.4).</summary>
public sealed class RelativeDistinguishedName : IEquatable<RelativeDistinguishedName>
{
    internal const int MaxAttributes = 16;

    private string? _key;

    private RelativeDistinguishedName(ReadOnlyMemory<byte> rawData, NameAttribute[] attributes)
    {
        RawData = rawData;
        Attributes = attributes;
    }

    /// <summary>The SET in DER.</summary>
    public ReadOnlyMemory<byte> RawData { get; }

    /// <summary>The attributes, in the order of the encoding.</summary>
    public IReadOnlyList<NameAttribute> Attributes { get; }

    /// <summary>What two names that match (RFC 5280 §7.1) have in common.</summary>
    internal string Key => _key ??= NameMatching.KeyOf(this);

    /// <summary>Whether the names match by RFC 5280 §7.1: the same types, and values equal without regard to case, white space and string type.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(RelativeDistinguishedName? other) =>
        other is not null && (RawData.Span.SequenceEqual(other.RawData.Span) || string.Equals(Key, other.Key, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RelativeDistinguishedName);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => NameText.Format(this);

    /// <summary>Reads a SET of attributes under its own tag.</summary>
    internal static RelativeDistinguishedName Read(ref DerReader sequence)
    {
        var rawData = sequence.PeekEncodedValue();
        return new(rawData, ReadAttributes(sequence.ReadSetOf()));
    }

    /// <summary>Takes the content octets of the SET, which stood under an implicit tag.</summary>
    internal static RelativeDistinguishedName ReadContent(ReadOnlyMemory<byte> content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            for (var reader = new DerReader(content); reader.HasData;)
            {
                writer.WriteEncodedValue(reader.ReadEncodedValue().Span);
            }
        }

        var rawData = writer.Encode();
        var set = new DerReader(rawData);
        var name = Read(ref set);
        return name.RawData.Span.EndsWith(content.Span) ? name : throw new ProfileException("The set is not in order.");
    }

    private static NameAttribute[] ReadAttributes(DerReader set)
    {
        if (!set.HasData)
        {
            throw new ProfileException("A relative name has an attribute.");
        }

        var first = NameAttribute.Read(ref set);
        if (!set.HasData)
        {
            return [first];
        }

        var attributes = new List<NameAttribute> { first };
        while (set.HasData)
        {
            attributes.Add(attributes.Count < MaxAttributes ? NameAttribute.Read(ref set) : throw new ProfileException("Too many attributes."));
        }

        return [.. attributes];
    }
}
