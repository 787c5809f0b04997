using System.Numerics;

namespace MedId.Testing;

/// <summary>The extensions of CRLs and of their entries (RFC 5280 §5.2, §5.3), each with the criticality that the RFC asks.</summary>
public static class TestCrlExtensions
{
    /// <summary>authorityKeyIdentifier with a key identifier.</summary>
    /// <param name="identifier">Its octets.</param>
    public static TestExtension AuthorityKeyIdentifier(byte[] identifier) => TestExtensions.AuthorityKeyIdentifier(identifier);

    /// <summary>cRLNumber.</summary>
    /// <param name="number">The number.</param>
    public static TestExtension Number(BigInteger number) => new("2.5.29.20", Critical: false, TestDer.Integer(number));

    /// <summary>deltaCRLIndicator, critical.</summary>
    /// <param name="baseNumber">BaseCRLNumber.</param>
    public static TestExtension DeltaIndicator(BigInteger baseNumber) => new("2.5.29.27", Critical: true, TestDer.Integer(baseNumber));

    /// <summary>freshestCRL.</summary>
    /// <param name="points">Where the delta CRLs are.</param>
    public static TestExtension FreshestCrl(params IEnumerable<TestDistributionPoint> points) => TestExtensions.FreshestCrl(points);

    /// <summary>issuingDistributionPoint, critical.</summary>
    /// <param name="point">What is written.</param>
    public static TestExtension IssuingDistributionPoint(TestIssuingDistributionPoint point) => new("2.5.29.28", Critical: true, point.Der);

    /// <summary>reasonCode of an entry.</summary>
    /// <param name="reason">CRLReason.</param>
    public static TestExtension Reason(int reason) => new("2.5.29.21", Critical: false, TestDer.Enumerated(reason));

    /// <summary>invalidityDate of an entry.</summary>
    /// <param name="date">The date.</param>
    public static TestExtension InvalidityDate(DateTimeOffset date) => new("2.5.29.24", Critical: false, TestDer.GeneralizedTime(date));

    /// <summary>certificateIssuer of an entry, critical.</summary>
    /// <param name="issuer">Whose certificate this and the following entries revoke.</param>
    public static TestExtension CertificateIssuer(TestName issuer) => new("2.5.29.29", Critical: true, TestDer.Sequence(TestDer.Context(4, issuer.Der)));
}
