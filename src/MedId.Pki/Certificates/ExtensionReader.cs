using System.Formats.Asn1;

namespace MedId.Pki;

/// <summary>The values of the extensions that certificates, CRLs and OCSP share (RFC 5280 §4.2). Everything that is not the profile throws.</summary>
internal static class ExtensionReader
{
    internal const int MaxExtensions = 64;
    internal const int MaxNames = 1024;
    internal const int MaxPolicies = 256;

    private const int MaxQualifiers = 32;

    public static CertificateExtension ReadExtension(ref DerReader list)
    {
        var extension = list.ReadSequence();
        var oid = extension.ReadOid();
        var critical = extension.ReadFlag();
        var value = extension.ReadOctetString();
        extension.ThrowIfNotEmpty();
        return new(oid, critical, value);
    }

    /// <summary>Reads Extensions: at least one, none twice (§4.2).</summary>
    public static CertificateExtension[] ReadExtensions(DerReader list)
    {
        var read = new List<CertificateExtension>(8);
        do
        {
            var extension = read.Count < MaxExtensions ? ReadExtension(ref list) : throw new ProfileException("Too many extensions.");
            foreach (var earlier in read)
            {
                if (string.Equals(earlier.Oid, extension.Oid, StringComparison.Ordinal))
                {
                    throw new ProfileException("An extension stands twice.");
                }
            }

            read.Add(extension);
        }
        while (list.HasData);
        return [.. read];
    }

    /// <summary>§4.2.1.9.</summary>
    public static BasicConstraints ReadBasicConstraints(ReadOnlyMemory<byte> der)
    {
        var value = DerReader.Whole(der);
        var isCa = value.ReadFlag();
        int? pathLength = value.HasData ? value.ReadCount() : null;
        value.ThrowIfNotEmpty();
        return new(isCa, pathLength);
    }

    /// <summary>§4.2.1.3: at least one bit.</summary>
    public static KeyUsages ReadKeyUsage(ReadOnlyMemory<byte> der)
    {
        const uint Known = (1 << 9) - 1;
        var value = new DerReader(der);
        var bits = value.ReadNamedBits();
        value.ThrowIfNotEmpty();
        return bits is 0 or > Known ? throw new ProfileException("No key usage of the standard.") : (KeyUsages)bits;
    }

    /// <summary>§4.2.1.12.</summary>
    public static string[] ReadExtendedKeyUsage(ReadOnlyMemory<byte> der)
    {
        var value = DerReader.Whole(der);
        var read = new List<string>(2);
        do
        {
            read.Add(read.Count < MaxPolicies ? value.ReadOid() : throw new ProfileException("Too many purposes."));
        }
        while (value.HasData);
        return [.. read];
    }

    /// <summary>§4.2.1.4: no policy twice.</summary>
    public static PolicyInformation[] ReadCertificatePolicies(ReadOnlyMemory<byte> der)
    {
        var value = DerReader.Whole(der);
        var read = new List<PolicyInformation>(2);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            var policy = value.ReadSequence();
            var oid = policy.ReadOid();
            if (read.Count >= MaxPolicies || !seen.Add(oid))
            {
                throw new ProfileException("A policy stands twice, or there are too many.");
            }

            read.Add(new(oid, policy.HasData ? ReadQualifiers(policy.ReadSequence()) : []));
            policy.ThrowIfNotEmpty();
        }
        while (value.HasData);
        return [.. read];
    }

    /// <summary>§4.2.1.5.</summary>
    public static PolicyMapping[] ReadPolicyMappings(ReadOnlyMemory<byte> der)
    {
        var value = DerReader.Whole(der);
        var read = new List<PolicyMapping>(2);
        do
        {
            var mapping = read.Count < MaxPolicies ? value.ReadSequence() : throw new ProfileException("Too many mappings.");
            read.Add(new(mapping.ReadOid(), mapping.ReadOid()));
            mapping.ThrowIfNotEmpty();
        }
        while (value.HasData);
        return [.. read];
    }

    /// <summary>§4.2.1.11.</summary>
    public static PolicyConstraints ReadPolicyConstraints(ReadOnlyMemory<byte> der)
    {
        var value = DerReader.Whole(der);
        int? require = value.IsNext(DerReader.Context(0)) ? value.ReadCount(DerReader.Context(0)) : null;
        int? inhibit = value.IsNext(DerReader.Context(1)) ? value.ReadCount(DerReader.Context(1)) : null;
        value.ThrowIfNotEmpty();
        return new(require, inhibit);
    }

    /// <summary>§4.2.1.14.</summary>
    public static int ReadInhibitAnyPolicy(ReadOnlyMemory<byte> der)
    {
        var value = new DerReader(der);
        var count = value.ReadCount();
        value.ThrowIfNotEmpty();
        return count;
    }

    /// <summary>§4.2.1.10.</summary>
    public static NameConstraints ReadNameConstraints(ReadOnlyMemory<byte> der)
    {
        var value = DerReader.Whole(der);
        var permitted = ReadSubtrees(ref value, DerReader.Context(0));
        var excluded = ReadSubtrees(ref value, DerReader.Context(1));
        value.ThrowIfNotEmpty();
        return new(permitted, excluded);
    }

    /// <summary>§4.2.1.6, §4.2.1.7.</summary>
    public static GeneralName[] ReadNames(ReadOnlyMemory<byte> der) => GeneralName.ReadAll(DerReader.Whole(der), MaxNames);

    /// <summary>§4.2.1.1: issuer and serial number together or not at all.</summary>
    public static AuthorityKeyIdentifier ReadAuthorityKeyIdentifier(ReadOnlyMemory<byte> der)
    {
        var value = DerReader.Whole(der);
        ReadOnlyMemory<byte>? key = value.IsNext(DerReader.Context(0)) ? value.ReadOctetString(DerReader.Context(0)) : default(ReadOnlyMemory<byte>?);
        var issuer = value.IsNext(DerReader.Context(1)) ? GeneralName.ReadAll(value.ReadSequence(DerReader.Context(1)), MaxNames) : null;
        ReadOnlyMemory<byte>? serial = value.IsNext(DerReader.Context(2)) ? value.ReadInteger(DerReader.Context(2)) : default(ReadOnlyMemory<byte>?);
        value.ThrowIfNotEmpty();
        return (issuer is null) == (serial is null) ? new(key, issuer, serial) : throw new ProfileException("An issuer without a serial number, or the other way round.");
    }

    /// <summary>§4.2.1.2.</summary>
    public static ReadOnlyMemory<byte> ReadSubjectKeyIdentifier(ReadOnlyMemory<byte> der)
    {
        var value = new DerReader(der);
        var identifier = value.ReadOctetString();
        value.ThrowIfNotEmpty();
        return identifier;
    }

    /// <summary>§4.2.1.13: a point has a name or an issuer.</summary>
    public static DistributionPoint[] ReadDistributionPoints(ReadOnlyMemory<byte> der)
    {
        var value = DerReader.Whole(der);
        var read = new List<DistributionPoint>(1);
        do
        {
            var point = read.Count < MaxPolicies ? value.ReadSequence() : throw new ProfileException("Too many distribution points.");
            var (fullName, relativeName) = ReadDistributionPointName(ref point, DerReader.Context(0));
            RevocationReasons? reasons = point.IsNext(DerReader.Context(1)) ? ReadReasons(ref point, DerReader.Context(1)) : null;
            var issuer = point.IsNext(DerReader.Context(2)) ? GeneralName.ReadAll(point.ReadSequence(DerReader.Context(2)), MaxNames) : null;
            point.ThrowIfNotEmpty();
            if (fullName is null && relativeName is null && issuer is null)
            {
                throw new ProfileException("A distribution point that is nowhere.");
            }

            read.Add(new(fullName, relativeName, reasons, issuer));
        }
        while (value.HasData);
        return [.. read];
    }

    /// <summary>Reads an optional DistributionPointName under an explicit tag (§4.2.1.13, §5.2.5).</summary>
    public static (IReadOnlyList<GeneralName>? FullName, RelativeDistinguishedName? RelativeName) ReadDistributionPointName(ref DerReader reader, Asn1Tag tag)
    {
        if (!reader.IsNext(tag))
        {
            return (null, null);
        }

        var choice = reader.ReadSequence(tag);
        IReadOnlyList<GeneralName>? fullName = null;
        RelativeDistinguishedName? relativeName = null;
        if (choice.IsNext(DerReader.Context(0)))
        {
            fullName = GeneralName.ReadAll(choice.ReadSequence(DerReader.Context(0)), MaxNames);
        }
        else
        {
            relativeName = RelativeDistinguishedName.ReadContent(choice.ReadContent(DerReader.Context(1)));
        }

        choice.ThrowIfNotEmpty();
        return (fullName, relativeName);
    }

    /// <summary>ReasonFlags (§4.2.1.13). The bit that is not used says nothing.</summary>
    public static RevocationReasons ReadReasons(ref DerReader reader, Asn1Tag tag)
    {
        const uint Known = (1 << 9) - 1;
        var bits = reader.ReadNamedBits(tag);
        return bits > Known ? throw new ProfileException("No reason of the standard.") : (RevocationReasons)bits & RevocationReasons.All;
    }

    /// <summary>§4.2.2.1, §4.2.2.2.</summary>
    public static AccessDescription[] ReadAccessDescriptions(ReadOnlyMemory<byte> der)
    {
        var value = DerReader.Whole(der);
        var read = new List<AccessDescription>(2);
        do
        {
            var access = read.Count < MaxPolicies ? value.ReadSequence() : throw new ProfileException("Too many access descriptions.");
            read.Add(new(access.ReadOid(), GeneralName.Read(ref access)));
            access.ThrowIfNotEmpty();
        }
        while (value.HasData);
        return [.. read];
    }

    private static GeneralSubtree[] ReadSubtrees(ref DerReader reader, Asn1Tag tag)
    {
        if (!reader.IsNext(tag))
        {
            return [];
        }

        var read = new List<GeneralSubtree>();
        var list = reader.ReadSequence(tag);
        do
        {
            var subtree = read.Count < MaxNames ? list.ReadSequence() : throw new ProfileException("Too many subtrees.");
            var name = GeneralName.Read(ref subtree, isSubtree: true);
            var minimum = subtree.IsNext(DerReader.Context(0)) ? subtree.ReadCount(DerReader.Context(0)) : 0;
            int? maximum = subtree.IsNext(DerReader.Context(1)) ? subtree.ReadCount(DerReader.Context(1)) : null;
            subtree.ThrowIfNotEmpty();
            read.Add(new(name, minimum, maximum));
        }
        while (list.HasData);
        return [.. read];
    }

    private static PolicyQualifier[] ReadQualifiers(DerReader list)
    {
        var read = new List<PolicyQualifier>(1);
        do
        {
            var qualifier = read.Count < MaxQualifiers ? list.ReadSequence() : throw new ProfileException("Too many qualifiers.");
            read.Add(new(qualifier.ReadOid(), qualifier.ReadEncodedValue()));
            qualifier.ThrowIfNotEmpty();
        }
        while (list.HasData);
        return [.. read];
    }
}
