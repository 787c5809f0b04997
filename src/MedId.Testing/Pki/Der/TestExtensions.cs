using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>The extensions of certificates (RFC 5280 §4.2), each with the criticality that the RFC asks.</summary>
public static class TestExtensions
{
    /// <summary>basicConstraints, critical.</summary>
    /// <param name="isCa">cA; FALSE is left out, as DER asks of defaults.</param>
    /// <param name="pathLength">pathLenConstraint.</param>
    public static TestExtension BasicConstraints(bool isCa, int? pathLength = null) => new(
        "2.5.29.19", Critical: true, TestDer.Sequence(isCa ? TestDer.Boolean(true) : [], pathLength is { } length ? TestDer.Integer(length) : []));

    /// <summary>keyUsage, critical.</summary>
    /// <param name="usage">The bits.</param>
    public static TestExtension KeyUsage(X509KeyUsageFlags usage)
    {
        // KeyUsage numbers its bits from digitalSignature (0) to decipherOnly (8).
        X509KeyUsageFlags[] order =
        [
            X509KeyUsageFlags.DigitalSignature, X509KeyUsageFlags.NonRepudiation, X509KeyUsageFlags.KeyEncipherment, X509KeyUsageFlags.DataEncipherment,
            X509KeyUsageFlags.KeyAgreement, X509KeyUsageFlags.KeyCertSign, X509KeyUsageFlags.CrlSign, X509KeyUsageFlags.EncipherOnly, X509KeyUsageFlags.DecipherOnly,
        ];
        return new("2.5.29.15", Critical: true, TestDer.NamedBits([.. Enumerable.Range(0, order.Length).Where(bit => usage.HasFlag(order[bit]))]));
    }

    /// <summary>extKeyUsage, not critical.</summary>
    /// <param name="purposes">The purposes' OIDs.</param>
    public static TestExtension ExtendedKeyUsage(params ReadOnlySpan<string> purposes) => new("2.5.29.37", Critical: false, TestDer.Sequence(Oids(purposes)));

    /// <summary>certificatePolicies without qualifiers, not critical.</summary>
    /// <param name="policies">The policies' OIDs.</param>
    public static TestExtension CertificatePolicies(params ReadOnlySpan<string> policies)
    {
        var infos = Oids(policies);
        return new("2.5.29.32", Critical: false, TestDer.Sequence([.. infos.Select(oid => TestDer.Sequence(oid))]));
    }

    /// <summary>certificatePolicies of one policy with a CPS qualifier, critical.</summary>
    /// <param name="policy">The policy's OID.</param>
    /// <param name="cpsUri">Where its practice statement is.</param>
    public static TestExtension CertificatePolicyWithCps(string policy, string cpsUri) => new(
        "2.5.29.32",
        Critical: true,
        TestDer.Sequence(TestDer.Sequence(
            TestDer.Oid(policy),
            TestDer.Sequence(TestDer.Sequence(TestDer.Oid("1.3.6.1.5.5.7.2.1"), TestDer.Ia5String(cpsUri))))));

    /// <summary>policyMappings, critical.</summary>
    /// <param name="mappings">Pairs of the issuer's and the subject's policy.</param>
    public static TestExtension PolicyMappings(params ReadOnlySpan<(string IssuerDomain, string SubjectDomain)> mappings)
    {
        var pairs = new byte[mappings.Length][];
        for (var index = 0; index < pairs.Length; index++)
        {
            pairs[index] = TestDer.Sequence(TestDer.Oid(mappings[index].IssuerDomain), TestDer.Oid(mappings[index].SubjectDomain));
        }

        return new("2.5.29.33", Critical: true, TestDer.Sequence(pairs));
    }

    /// <summary>policyConstraints, critical.</summary>
    /// <param name="requireExplicitPolicy">After how many certificates a policy is needed.</param>
    /// <param name="inhibitPolicyMapping">After how many certificates mapping ends.</param>
    public static TestExtension PolicyConstraints(int? requireExplicitPolicy = null, int? inhibitPolicyMapping = null) => new(
        "2.5.29.36",
        Critical: true,
        TestDer.Sequence(
            requireExplicitPolicy is { } explicitly ? TestDer.ContextPrimitive(0, TestDer.Integer(explicitly)[2..]) : [],
            inhibitPolicyMapping is { } inhibited ? TestDer.ContextPrimitive(1, TestDer.Integer(inhibited)[2..]) : []));

    /// <summary>inhibitAnyPolicy, critical.</summary>
    /// <param name="skipCerts">After how many certificates anyPolicy ends.</param>
    public static TestExtension InhibitAnyPolicy(int skipCerts) => new("2.5.29.54", Critical: true, TestDer.Integer(skipCerts));

    /// <summary>nameConstraints, critical.</summary>
    /// <param name="permitted">permittedSubtrees.</param>
    /// <param name="excluded">excludedSubtrees.</param>
    public static TestExtension NameConstraints(IEnumerable<TestGeneralName>? permitted = null, IEnumerable<TestGeneralName>? excluded = null) => new(
        "2.5.29.30", Critical: true, TestDer.Sequence(Subtrees(0, permitted), Subtrees(1, excluded)));

    /// <summary>subjectAltName, not critical.</summary>
    /// <param name="names">The names.</param>
    public static TestExtension SubjectAlternativeName(params IEnumerable<TestGeneralName> names) => new(
        "2.5.29.17", Critical: false, TestDer.Sequence(TestGeneralName.Octets(names)));

    /// <summary>issuerAltName, not critical.</summary>
    /// <param name="names">The names.</param>
    public static TestExtension IssuerAlternativeName(params IEnumerable<TestGeneralName> names) => new(
        "2.5.29.18", Critical: false, TestDer.Sequence(TestGeneralName.Octets(names)));

    /// <summary>subjectKeyIdentifier, not critical.</summary>
    /// <param name="identifier">Its octets.</param>
    public static TestExtension SubjectKeyIdentifier(byte[] identifier) => new("2.5.29.14", Critical: false, TestDer.OctetString(identifier));

    /// <summary>authorityKeyIdentifier, not critical.</summary>
    /// <param name="identifier">keyIdentifier.</param>
    /// <param name="issuer">authorityCertIssuer as a directory name.</param>
    /// <param name="serialNumber">authorityCertSerialNumber, content octets.</param>
    public static TestExtension AuthorityKeyIdentifier(byte[]? identifier, TestName? issuer = null, byte[]? serialNumber = null) => new(
        "2.5.29.35",
        Critical: false,
        TestDer.Sequence(
            identifier is null ? [] : TestDer.ContextPrimitive(0, identifier),
            issuer is null ? [] : TestDer.Context(1, TestDer.Context(4, issuer.Der)),
            serialNumber is null ? [] : TestDer.ContextPrimitive(2, serialNumber)));

    /// <summary>cRLDistributionPoints, not critical.</summary>
    /// <param name="points">The points.</param>
    public static TestExtension CrlDistributionPoints(params IEnumerable<TestDistributionPoint> points) => new(
        "2.5.29.31", Critical: false, TestDer.Sequence([.. points.Select(point => point.Der)]));

    /// <summary>freshestCRL, not critical.</summary>
    /// <param name="points">The points.</param>
    public static TestExtension FreshestCrl(params IEnumerable<TestDistributionPoint> points) => new(
        "2.5.29.46", Critical: false, TestDer.Sequence([.. points.Select(point => point.Der)]));

    /// <summary>authorityInfoAccess, not critical.</summary>
    /// <param name="ocsp">Where the responder answers.</param>
    /// <param name="caIssuers">Where the issuer's certificate is.</param>
    public static TestExtension AuthorityInformationAccess(string? ocsp, string? caIssuers = null) => new(
        "1.3.6.1.5.5.7.1.1",
        Critical: false,
        TestDer.Sequence(Access("1.3.6.1.5.5.7.48.1", ocsp), Access("1.3.6.1.5.5.7.48.2", caIssuers)));

    /// <summary>subjectDirectoryAttributes, not critical.</summary>
    /// <param name="attributes">Encoded Attributes.</param>
    public static TestExtension SubjectDirectoryAttributes(params ReadOnlySpan<byte[]> attributes) => new("2.5.29.9", Critical: false, TestDer.Sequence(attributes));

    /// <summary>id-pkix-ocsp-nocheck (RFC 6960 §4.2.2.2.1).</summary>
    public static TestExtension OcspNoCheck() => new("1.3.6.1.5.5.7.48.1.5", Critical: false, TestDer.Null);

    /// <summary>An extension that nobody knows.</summary>
    /// <param name="critical">Whether it must be understood.</param>
    public static TestExtension Unknown(bool critical) => new("2.999.1", critical, TestDer.Null);

    private static byte[] Access(string method, string? uri) =>
        uri is null ? [] : TestDer.Sequence(TestDer.Oid(method), TestGeneralName.Uri(uri).Der.ToArray());

    private static byte[] Subtrees(int tag, IEnumerable<TestGeneralName>? names) =>
        names is null ? [] : TestDer.Context(tag, [.. TestGeneralName.Octets(names).Select(name => TestDer.Sequence(name))]);

    private static byte[][] Oids(ReadOnlySpan<string> oids)
    {
        var encoded = new byte[oids.Length][];
        for (var index = 0; index < encoded.Length; index++)
        {
            encoded[index] = TestDer.Oid(oids[index]);
        }

        return encoded;
    }
}
