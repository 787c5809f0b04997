using MedId.Pki;

namespace MedId.Jpki.Certificates.Tests.Cost;

public sealed class JpkiPriceTableTests
{
    [Theory]
    [InlineData(JpkiQuery.Ocsp, JpkiCertificateKind.Sign)]
    [InlineData(JpkiQuery.Ocsp, JpkiCertificateKind.Authenticate)]
    [InlineData(JpkiQuery.Crl, JpkiCertificateKind.Sign)]
    [InlineData(JpkiQuery.Crl, JpkiCertificateKind.Authenticate)]
    public void PriceOf_RecalledRow_IsNoPrice(JpkiQuery query, JpkiCertificateKind kind) => Assert.Null(JpkiPriceTable.Default.PriceOf(query, kind, Scene.Now));

    [Fact]
    public void PriceOf_RowConfirmedByTheOperator_IsThePrice()
    {
        var table = JpkiPriceTable.FromTrustData(TrustDataBundle.Default.Confirm(JpkiPriceTable.Section, "sign-ocsp", "our contract"));

        Assert.Equal(20, table.PriceOf(JpkiQuery.Ocsp, JpkiCertificateKind.Sign, Scene.Now));
        Assert.Null(table.PriceOf(JpkiQuery.Ocsp, JpkiCertificateKind.Authenticate, Scene.Now));
    }
}
