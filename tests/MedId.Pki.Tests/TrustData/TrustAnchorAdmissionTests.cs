using System.Text;
using System.Text.Json.Nodes;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Pki.Tests;

public class TrustAnchorAdmissionTests
{
    private readonly TestAuthority _root = TestAuthority.CreateRoot(TestName.Common("LAB root"));

    private DateTimeOffset Now => _root.Options.Now;

    [Fact]
    public void Admit_VerifiedFingerprint_GivesTheAnchor()
    {
        var anchor = Admit(Data());

        Assert.Null(anchor.Error);
        Assert.Equal("lab-root", anchor.Value!.Label);
        Assert.Equal(_root.Certificate.Sha256, anchor.Value.Certificate!.Sha256);
    }

    [Fact]
    public void Admit_SameNameOtherKey_IsUnknown()
    {
        var other = TestAuthority.CreateRoot(TestName.Common("LAB root"), key: TestKey.Create(TestKeyKind.P256));

        Assert.Equal(PkiErrorCodes.TrustAnchorUnknown, TrustAnchorAdmission.Admit(other.Certificate.Der, TrustPurposes.Hpki, Data(), Now).Error?.Code);
    }

    [Fact]
    public void Admit_OtherPurpose_IsUnknown() =>
        Assert.Equal(PkiErrorCodes.TrustAnchorUnknown, TrustAnchorAdmission.Admit(_root.Certificate.Der, TrustPurposes.JpkiSignature, Data(), Now).Error?.Code);

    [Theory]
    [InlineData("unverified", PkiErrorCodes.TrustAnchorNotVerified)]
    [InlineData("withdrawn", PkiErrorCodes.TrustAnchorWithdrawn)]
    public void Admit_RowOfOtherStatus_IsRefused(string status, string code) => Assert.Equal(code, Admit(Data(row => row["status"] = status)).Error?.Code);

    [Fact]
    public void Admit_UnverifiedRowConfirmedByTheOperator_GivesTheAnchor() =>
        Assert.Null(Admit(Data(row => row["status"] = "unverified").Confirm(TrustDataSections.Roots, "lab-root", "a synthetic source")).Error);

    [Fact]
    public void Admit_OutsideTheRowsTime_IsRefusedExactlyThere()
    {
        var data = Data(row => row["until"] = Time(Now));

        Assert.Null(Admit(data, Now.AddTicks(-1)).Error);
        Assert.Equal(PkiErrorCodes.TrustAnchorNotInTime, Admit(data, Now).Error?.Code);
    }

    [Fact]
    public void Admit_OutsideTheRootsValidity_IsRefusedExactlyThere()
    {
        var end = _root.Certificate.NotAfter;

        Assert.Null(Admit(Data(), end).Error);
        Assert.Equal(PkiErrorCodes.TrustAnchorNotInTime, Admit(Data(), end.AddSeconds(1)).Error?.Code);
    }

    [Fact]
    public void Admit_NoCertificate_IsMalformed() =>
        Assert.Equal(PkiErrorCodes.CertificateMalformed, TrustAnchorAdmission.Admit(new byte[] { 0x30, 0x00 }, TrustPurposes.Hpki, Data(), Now).Error?.Code);

    [Fact]
    public void Admit_ShippedData_AdmitsNoSyntheticRoot() =>
        Assert.Equal(PkiErrorCodes.TrustAnchorUnknown, TrustAnchorAdmission.Admit(_root.Certificate.Der, TrustPurposes.Hpki, TrustDataBundle.Default, Now).Error?.Code);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private Core.MedIdResult<TrustAnchor> Admit(TrustDataBundle data, DateTimeOffset? at = null) =>
        TrustAnchorAdmission.Admit(_root.Certificate.Der, TrustPurposes.Hpki, data, at ?? Now);

    private TrustDataBundle Data(Action<JsonObject>? change = null)
    {
        var row = new JsonObject { ["id"] = "lab-root", ["status"] = "verified", ["source"] = "synthetic", ["purpose"] = TrustPurposes.Hpki, ["sha256"] = _root.Certificate.Sha256 };
        change?.Invoke(row);
        var data = new JsonObject
        {
            ["version"] = 1,
            ["issued_at"] = "2026-01-01T00:00:00Z",
            ["expires_at"] = "2027-01-01T00:00:00Z",
            ["sections"] = new JsonObject { ["roots"] = new JsonArray(row) },
        };
        return TrustDataBundle.Read(Encoding.UTF8.GetBytes(data.ToJsonString()), isShipped: false).Value!;
    }
}
