using System.Formats.Asn1;

namespace MedId.Pki;

/// <summary>A name of any form (RFC 5280 §4.2.1.6). Equal means what §7 says: directory names by §7.1, host names without regard to case, all else exactly.</summary>
public abstract record GeneralName
{
    private GeneralName()
    {
    }

    /// <summary>Reads one name; addresses have 4 or 16 bytes, in a subtree 8 or 32 (§4.2.1.10).</summary>
    internal static GeneralName Read(ref DerReader reader, bool isSubtree = false)
    {
        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific)
        {
            throw new ProfileException("Not a GeneralName.");
        }

        switch (tag.TagValue)
        {
            case 0:
                var other = reader.ReadSequence(tag);
                var type = other.ReadOid();
                var explicitValue = other.ReadSequence(DerReader.Context(0));
                var value = explicitValue.ReadEncodedValue();
                explicitValue.ThrowIfNotEmpty();
                other.ThrowIfNotEmpty();
                return new OtherName(type, value);
            case 1:
                return new Rfc822Name(reader.ReadText(UniversalTagNumber.IA5String, tag));
            case 2:
                return new DnsName(reader.ReadText(UniversalTagNumber.IA5String, tag));
            case 4:
                var choice = reader.ReadSequence(tag);
                var name = DistinguishedName.Read(ref choice);
                choice.ThrowIfNotEmpty();
                return new DirectoryName(name);
            case 6:
                return new UniformResourceIdentifier(reader.ReadText(UniversalTagNumber.IA5String, tag));
            case 7:
                var address = reader.ReadOctetString(tag);
                var unit = isSubtree ? 2 : 1;
                return address.Length == 4 * unit || address.Length == 16 * unit ? new IpAddress(address) : throw new ProfileException("Not the length of an address.");
            case 8:
                return new RegisteredId(reader.ReadOid(tag));
            case 3 or 5 when tag.IsConstructed:
                return new UnreadName(tag.TagValue, reader.ReadEncodedValue());
            default:
                throw new ProfileException("No form of name has this tag.");
        }
    }

    /// <summary>Reads GeneralNames, at least one.</summary>
    internal static GeneralName[] ReadAll(DerReader names, int limit)
    {
        var read = new List<GeneralName>(2);
        do
        {
            read.Add(read.Count < limit ? Read(ref names) : throw new ProfileException("Too many names."));
        }
        while (names.HasData);
        return [.. read];
    }

    /// <summary>A name of a form of its own, as JPKI has the basic four attributes.</summary>
    /// <param name="Oid">Which form.</param>
    /// <param name="Value">The DER element of the value.</param>
    public sealed record OtherName(string Oid, ReadOnlyMemory<byte> Value) : GeneralName
    {
        /// <inheritdoc/>
        public bool Equals(OtherName? other) => other is not null && string.Equals(Oid, other.Oid, StringComparison.Ordinal) && Value.Span.SequenceEqual(other.Value.Span);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Oid, Value.Length);

        /// <inheritdoc/>
        public override string ToString() => $"otherName {Oid}";
    }

    /// <summary>A mail address; in a constraint also a host, or a domain with a dot before it.</summary>
    /// <param name="Value">The address, ASCII.</param>
    public sealed record Rfc822Name(string Value) : GeneralName;

    /// <summary>A host name.</summary>
    /// <param name="Value">The name, ASCII.</param>
    public sealed record DnsName(string Value) : GeneralName
    {
        /// <inheritdoc/>
        public bool Equals(DnsName? other) => other is not null && string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

        /// <inheritdoc/>
        public override int GetHashCode() => Value.GetHashCode(StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A directory name.</summary>
    /// <param name="Name">The name.</param>
    public sealed record DirectoryName(DistinguishedName Name) : GeneralName;

    /// <summary>A URI.</summary>
    /// <param name="Value">The URI, ASCII, as it was written.</param>
    public sealed record UniformResourceIdentifier(string Value) : GeneralName;

    /// <summary>An IP address of 4 or 16 bytes; in a constraint followed by its mask.</summary>
    /// <param name="Value">The bytes in network order.</param>
    public sealed record IpAddress(ReadOnlyMemory<byte> Value) : GeneralName
    {
        /// <inheritdoc/>
        public bool Equals(IpAddress? other) => other is not null && Value.Span.SequenceEqual(other.Value.Span);

        /// <inheritdoc/>
        public override int GetHashCode() => Value.Length == 0 ? 0 : Value.Span[Value.Length - 1];
    }

    /// <summary>An object identifier.</summary>
    /// <param name="Oid">The identifier, dotted.</param>
    public sealed record RegisteredId(string Oid) : GeneralName;

    /// <summary>An x400Address or ediPartyName, which is kept and not read.</summary>
    /// <param name="Form">3 for x400Address, 5 for ediPartyName.</param>
    /// <param name="RawData">The whole DER element under its context tag.</param>
    public sealed record UnreadName(int Form, ReadOnlyMemory<byte> RawData) : GeneralName
    {
        /// <inheritdoc/>
        public bool Equals(UnreadName? other) => other is not null && RawData.Span.SequenceEqual(other.RawData.Span);

        /// <inheritdoc/>
        public override int GetHashCode() => RawData.Length;
    }
}
