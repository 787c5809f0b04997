using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Fido.Metadata.Tests;

public sealed class MetadataRootTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TestAuthority Root = TestAuthority.CreateRoot(TestName.Common("LAB metadata root"), new() { Now = Now });

    [Fact]
    public void Admit_UnknownFingerprint_IsRefused() =>
        Assert.Equal(PkiErrorCodes.TrustAnchorUnknown, MetadataRoot.Admit(Root.Certificate.Der, TrustDataBundle.Default, Now).Error?.Code);

    [Fact]
    public async Task Admit_UnverifiedFingerprint_AdmitsNothingUntilTheOperatorConfirms()
    {
        var data = await Bundle("unverified");
        Assert.Equal(PkiErrorCodes.TrustAnchorNotVerified, MetadataRoot.Admit(Root.Certificate.Der, data, Now).Error?.Code);

        var confirmed = data.Confirm(TrustDataSections.Roots, "lab-root", "we compared the fingerprint with the service's own page");
        Assert.True(MetadataRoot.Admit(Root.Certificate.Der, confirmed, Now).Succeeded);
    }

    [Fact]
    public async Task Admit_VerifiedFingerprint_HasTheDatesOfItsRow()
    {
        var root = MetadataRoot.Admit(Root.Certificate.Der, await Bundle("verified"), Now).Value!;

        Assert.Equal((new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)), (root.From!.Value, root.Until!.Value));
        Assert.True(root.CountsAt(root.From.Value));
        Assert.False(root.CountsAt(root.From.Value.AddTicks(-1)));
        Assert.False(root.CountsAt(root.Until.Value));
        Assert.Equal(PkiErrorCodes.TrustAnchorNotInTime, MetadataRoot.Admit(Root.Certificate.Der, await Bundle("verified"), root.Until.Value).Error?.Code);
    }

    [Fact]
    public async Task Admit_RootOfAnotherPurpose_IsRefused() =>
        Assert.Equal(PkiErrorCodes.TrustAnchorUnknown, MetadataRoot.Admit(Root.Certificate.Der, await Bundle("verified", TrustPurposes.Hpki), Now).Error?.Code);

    [Fact]
    public void Default_NewRootOfTheService_IsNotVerifiedAndCanBeConfirmed()
    {
        var row = TrustDataBundle.Default.Roots.Single(root => root.Row.Id == "globalsign-r46");
        Assert.Equal((TrustDataStatus.Unverified, false), (row.Row.Status, row.Row.Grants(Now)));
        Assert.True(TrustDataBundle.Default.Confirm(TrustDataSections.Roots, row.Row.Id, "a synthetic source").Roots.Single(root => root.Row.Id == row.Row.Id).Row.Grants(Now));
    }

    private static async Task<TrustDataBundle> Bundle(string status, string purpose = TrustPurposes.FidoMetadata)
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var data = new JsonObject
        {
            ["version"] = 2026120101,
            ["issued_at"] = "2026-12-01T00:00:00Z",
            ["expires_at"] = "2027-12-01T00:00:00Z",
            ["sections"] = new JsonObject
            {
                ["roots"] = new JsonArray(new JsonObject
                {
                    ["id"] = "lab-root",
                    ["status"] = status,
                    ["source"] = "synthetic",
                    ["purpose"] = purpose,
                    ["sha256"] = Root.Certificate.Sha256,
                    ["from"] = "2026-11-01T00:00:00Z",
                    ["until"] = "2027-01-01T00:00:00Z",
                }),
            },
        };
        var jws = await TrustDataSigner.SignAsync(key, Encoding.UTF8.GetBytes(data.ToJsonString()));
        return TrustDataBundle.Verify(jws, JsonWebKeySet.Of([key.ToJwk()]), AlgorithmPolicy.Default, Now, TrustDataBundle.Default).Value!;
    }
}
