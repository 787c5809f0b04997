using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Fido.Metadata.Tests;

public sealed class MetadataBlobTests
{
    private static readonly MetadataWorld World = new();

    [Fact]
    public void Verify_SignedForTheService_IsAccepted()
    {
        var decision = MetadataBlob.Verify(World.Jws(), World.Rules);

        Assert.True(decision.IsAccepted, decision.Error?.ToString());
        Assert.Equal((100L, MetadataWorld.Today.AddDays(30)), (decision.Blob.Number, decision.Blob.NextUpdate));
        Assert.Equal(2, decision.Signer?.Path.Count);
        Assert.Equal("LAB security key, synthetic", decision.Blob.FindByAaguid(MetadataWorld.Model)?.Statement?.Description);
        Assert.Null(decision.Blob.FindByAaguid(Guid.NewGuid()));
        Assert.Empty(decision.Changes);
        Assert.Empty(decision.Blob.Unreadable);
    }

    [Fact]
    public void Verify_OldRootOnly_AcceptsByTheCrossSignedCertificate()
    {
        var decision = MetadataBlob.Verify(World.Jws(), World.Rules with { Roots = [new(MetadataWorld.Anchor(World.Service.OldRoot))] });
        Assert.True(decision.IsAccepted, decision.Error?.ToString());
        Assert.Equal(3, decision.Signer?.Path.Count);
    }

    [Theory]
    [InlineData("reversed")]
    [InlineData("with both roots")]
    [InlineData("without the cross-signed root")]
    [InlineData("the authority twice")]
    public void Verify_OtherOrderOrLengthBehindTheSigner_IsAccepted(string how)
    {
        var service = World.Service;
        TestCertificate[] others = how switch
        {
            "reversed" => [service.CrossCertificate, service.Authority.Certificate],
            "with both roots" => [service.Authority.Certificate, service.NewRoot.Certificate, service.OldRoot.Certificate, service.CrossCertificate],
            "the authority twice" => [service.Authority.Certificate, service.Authority.Certificate],
            _ => [service.Authority.Certificate],
        };
        var jws = service.Sign(World.Payload(), header: header => header["x5c"] = Certificates([service.Signer, .. others]));
        Assert.True(MetadataBlob.Verify(jws, World.Rules).IsAccepted);
    }

    [Fact]
    public void Verify_RootInItsTime_CountsFromItsFirstInstantUntilBeforeItsLast()
    {
        MetadataBlobDecision At(DateTimeOffset? from, DateTimeOffset? until) =>
            MetadataBlob.Verify(World.Jws(), World.Rules with { Roots = [new(MetadataWorld.Anchor(World.Service.NewRoot), from, until)] });

        Assert.True(At(MetadataWorld.Now, MetadataWorld.Now.AddSeconds(1)).IsAccepted);
        Assert.Equal(MetadataErrorCodes.RootNotInTime, At(MetadataWorld.Now.AddSeconds(1), null).Error?.Code);
        Assert.Equal(MetadataErrorCodes.RootNotInTime, At(null, MetadataWorld.Now).Error?.Code);
    }

    [Fact]
    public void Verify_ForeignRoot_IsRefused()
    {
        var decision = MetadataBlob.Verify(World.Jws(), World.Rules with { Roots = [new(MetadataWorld.Anchor(new TestMetadataService().NewRoot))] });
        Assert.Equal((VerificationOutcome.Refused, MetadataErrorCodes.SignerUntrusted), (decision.Outcome, decision.Error?.Code));
    }

    [Fact]
    public void Verify_WithoutRevocationEvidence_IsUndetermined()
    {
        var decision = MetadataBlob.Verify(World.Jws(), World.Rules with { Evidence = PathEvidence.Empty });
        Assert.Equal((VerificationOutcome.Undetermined, MetadataErrorCodes.SignerUndetermined), (decision.Outcome, decision.Error?.Code));
        Assert.Null(decision.Blob);
    }

    [Fact]
    public void Verify_WithoutRevocationEvidenceAndSaidSo_IsAccepted() =>
        Assert.True(MetadataBlob.Verify(World.Jws(), World.Rules with { Evidence = PathEvidence.Empty, Revocation = RevocationRequirement.NotRequired }).IsAccepted);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Verify_RevokedSignerOrAuthority_IsRefused(bool signer)
    {
        var world = new MetadataWorld();
        if (signer)
        {
            world.Service.Authority.Revoke(world.Service.Signer, reason: 1);
        }
        else
        {
            world.Service.NewRoot.Revoke(world.Service.Authority.Certificate, reason: 2);
        }

        var decision = MetadataBlob.Verify(world.Jws(), world.Rules);
        Assert.Equal((VerificationOutcome.Refused, MetadataErrorCodes.SignerUntrusted), (decision.Outcome, decision.Error?.Code));
        Assert.Equal(PkiErrorCodes.Revoked, decision.Signer?.Error?.Code);
    }

    [Fact]
    public void Verify_ExpiredSigner_IsRefused()
    {
        var signer = World.Service.Issue(TestKeyKind.Rsa2048, profile: builder => builder.Valid(MetadataWorld.Now.AddYears(-1), MetadataWorld.Now.AddSeconds(-1)));
        Assert.Equal(MetadataErrorCodes.SignerUntrusted, MetadataBlob.Verify(World.Service.Sign(World.Payload(), signer), World.Rules).Error?.Code);
    }

    [Theory]
    [InlineData("mds.fidoalliance.example")]
    [InlineData("evil-mds.fidoalliance.org")]
    [InlineData("*.fidoalliance.org")]
    public void Verify_SignerOfAnotherName_IsRefused(string name)
    {
        var signer = World.Service.Issue(TestKeyKind.Rsa2048, name);
        Assert.Equal(MetadataErrorCodes.SignerName, MetadataBlob.Verify(World.Service.Sign(World.Payload(), signer), World.Rules).Error?.Code);
    }

    [Fact]
    public void Verify_CommonNameSpeaksOnlyWhereNoDnsNameDoes()
    {
        var commonOnly = World.Service.Issue(TestKeyKind.Rsa2048, profile: builder => builder.Without("2.5.29.17"));
        var contradicting = World.Service.Issue(TestKeyKind.Rsa2048, profile: builder => builder.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Dns("other.example"))));

        Assert.True(MetadataBlob.Verify(World.Service.Sign(World.Payload(), commonOnly), World.Rules).IsAccepted);
        Assert.Equal(MetadataErrorCodes.SignerName, MetadataBlob.Verify(World.Service.Sign(World.Payload(), contradicting), World.Rules).Error?.Code);
    }

    [Fact]
    public void Verify_ConfiguredName_IsTheOneAskedFor()
    {
        var signer = World.Service.Issue(TestKeyKind.Rsa2048, "mds.lab.example");
        Assert.True(MetadataBlob.Verify(World.Service.Sign(World.Payload(), signer), World.Rules with { SignerName = "mds.lab.example" }).IsAccepted);
    }

    [Fact]
    public void Verify_EllipticSigner_IsAccepted() =>
        Assert.True(MetadataBlob.Verify(World.Service.Sign(World.Payload(), World.Service.Issue(TestKeyKind.P256)), World.Rules).IsAccepted);

    [Theory]
    [InlineData("none")]
    [InlineData("ES256")]
    [InlineData("HS256")]
    [InlineData("RS1")]
    public void Verify_AlgorithmThatDoesNotFitOrIsNotAllowed_IsRefused(string algorithm) =>
        Assert.Equal(MetadataErrorCodes.AlgorithmRefused, MetadataBlob.Verify(World.Service.Sign(World.Payload(), header: header => header["alg"] = algorithm), World.Rules).Error?.Code);

    [Fact]
    public void Verify_OtherPayloadUnderTheSignature_IsRefused()
    {
        var (first, second) = (World.Jws(1).Split('.'), World.Jws(2).Split('.'));
        Assert.Equal(MetadataErrorCodes.SignatureInvalid, MetadataBlob.Verify($"{first[0]}.{second[1]}.{first[2]}", World.Rules).Error?.Code);
    }

    [Fact]
    public void Verify_WithoutCertificates_IsRefused() =>
        Assert.Equal(MetadataErrorCodes.CertificatesMissing, MetadataBlob.Verify(World.Service.Sign(World.Payload(), header: header => header.Remove("x5c")), World.Rules).Error?.Code);

    [Theory]
    [InlineData("[]")]
    [InlineData("\"AQID\"")]
    [InlineData("[\"AQID\"]")]
    [InlineData("[7]")]
    public void Verify_CertificatesOutOfForm_AreRefused(string x5c) =>
        Assert.Equal(MetadataErrorCodes.BlobMalformed, MetadataBlob.Verify(World.Service.Sign(World.Payload(), header: header => header["x5c"] = JsonNode.Parse(x5c)), World.Rules).Error?.Code);

    [Fact]
    public void Verify_ElevenCertificates_AreRefused()
    {
        var authority = World.Service.Authority.Certificate;
        MetadataBlobDecision With(int others) => MetadataBlob.Verify(
            World.Service.Sign(World.Payload(), header: header => header["x5c"] = Certificates([World.Service.Signer, .. Enumerable.Repeat(authority, others)])), World.Rules);

        Assert.True(With(9).IsAccepted);
        Assert.Equal(MetadataErrorCodes.BlobMalformed, With(10).Error?.Code);
    }

    [Theory]
    [InlineData(false, "https://mds.lab.example/certs", MetadataErrorCodes.CertificateAddressRefused)]
    [InlineData(true, "https://mds.lab.example/certs", null)]
    [InlineData(true, "https://other.lab.example/certs", MetadataErrorCodes.CertificateAddressRefused)]
    [InlineData(true, "http://mds.lab.example/certs", MetadataErrorCodes.CertificateAddressRefused)]
    [InlineData(true, "https://mds.lab.example:8443/certs", MetadataErrorCodes.CertificateAddressRefused)]
    [InlineData(true, "https://mds.lab.example@other.lab.example/certs", MetadataErrorCodes.CertificateAddressRefused)]
    [InlineData(true, "/certs", MetadataErrorCodes.CertificateAddressRefused)]
    public void Verify_CertificatesByAddress_OnlyOnTheOriginOfTheBlobAndOnlyWhereAllowed(bool allow, string address, string? expected)
    {
        var jws = World.Service.Sign(World.Payload(), header: header => header["x5u"] = address);
        var rules = World.Rules with
        {
            AllowCertificateAddress = allow,
            Address = new("https://mds.lab.example/blob"),
            FetchedCertificates = [MetadataWorld.Read(World.Service.Signer), MetadataWorld.Read(World.Service.Authority.Certificate)],
        };
        Assert.Equal(expected, MetadataBlob.Verify(jws, rules).Error?.Code);
    }

    [Fact]
    public void Verify_CertificatesByAddressNotFetched_IsUndetermined()
    {
        var jws = World.Service.Sign(World.Payload(), header: header => header["x5u"] = "https://mds.lab.example/certs");
        var decision = MetadataBlob.Verify(jws, World.Rules with { AllowCertificateAddress = true, Address = new("https://mds.lab.example/blob") });
        Assert.Equal((VerificationOutcome.Undetermined, MetadataErrorCodes.CertificateAddressUnread), (decision.Outcome, decision.Error?.Code));
    }

    [Theory]
    [InlineData(99, MetadataErrorCodes.Rollback)]
    [InlineData(100, null)]
    [InlineData(101, null)]
    public void Verify_NumberAgainstTheOneInUse_MayNotGoBack(long number, string? expected) =>
        Assert.Equal(expected, MetadataBlob.Verify(World.Jws(number), World.Rules with { Current = World.Accepted() }).Error?.Code);

    [Fact]
    public void Verify_SameNumberWithOtherContent_IsRefused()
    {
        var jws = World.Service.Sign(World.Payload(100, reports: ("REVOKED", MetadataWorld.Today)));
        Assert.Equal(MetadataErrorCodes.Rollback, MetadataBlob.Verify(jws, World.Rules with { Current = World.Accepted() }).Error?.Code);
    }

    [Fact]
    public void Verify_SameContentSignedByANewKey_IsAccepted()
    {
        var jws = World.Service.Sign(World.Payload(), World.Service.Issue(TestKeyKind.P256));
        Assert.True(MetadataBlob.Verify(jws, World.Rules with { Current = World.Accepted() }).IsAccepted);
    }

    [Fact]
    public void Verify_PastNextUpdate_IsStaleAndThenUndetermined()
    {
        var jws = World.Service.Sign(World.Payload(nextUpdate: MetadataWorld.Today.AddDays(-10)));
        var (within, beyond) = (World.Rules with { MaximumStaleness = TimeSpan.FromDays(10) }, World.Rules with { MaximumStaleness = TimeSpan.FromDays(10) - TimeSpan.FromSeconds(1) });

        Assert.True(MetadataBlob.Verify(jws, World.Rules).Blob?.IsStale(MetadataWorld.Now));
        Assert.True(MetadataBlob.Verify(jws, within).IsAccepted);
        var decision = MetadataBlob.Verify(jws, beyond);
        Assert.Equal((VerificationOutcome.Undetermined, MetadataErrorCodes.Stale), (decision.Outcome, decision.Error?.Code));
    }

    [Fact]
    public void IsStale_FromTheFirstInstantOfTheDay()
    {
        var blob = World.Accepted();
        var day = new DateTimeOffset(blob.NextUpdate, default, TimeSpan.Zero);
        Assert.False(blob.IsStale(day.AddTicks(-1)));
        Assert.True(blob.IsStale(day));
    }

    [Fact]
    public void Verify_OtherReportsThanBefore_AreListed()
    {
        var other = new Guid("11111111-0e0f-1011-1213-141516171819");
        var (added, gone) = (TestMetadataService.Fido2Statement(other), TestMetadataService.Fido2Statement(Guid.Empty with { }));
        string Payload(long number, params (string Statement, (string, DateOnly)[] Reports)[] entries) =>
            TestMetadataService.Payload(number, MetadataWorld.Today.AddDays(30), entries.Select(entry => TestMetadataService.Entry(entry.Statement, entry.Reports)));
        var certified = ("FIDO_CERTIFIED_L1", new DateOnly(2024, 1, 1));
        var before = World.Accepted(World.Service.Sign(Payload(1, (World.Statement, [certified]), (gone, [certified]))));

        var decision = MetadataBlob.Verify(
            World.Service.Sign(Payload(2, (World.Statement, [certified, ("REVOKED", MetadataWorld.Today)]), (added, [certified]))), World.Rules with { Current = before });

        Assert.Equal(
            [(MetadataWorld.Model, "REVOKED", 0, false, false), (other, "FIDO_CERTIFIED_L1", 0, true, false), (Guid.Empty, string.Empty, 1, false, true)],
            decision.Changes.Select(change => (change.Entry.Aaguid!.Value, change.Added.SingleOrDefault()?.StatusText ?? string.Empty, change.Removed.Count, change.IsNew, change.IsGone)));
    }

    [Fact]
    public void Verify_TocOfService2_IsRefusedByName()
    {
        var payload = TestMetadataService.Payload(1, MetadataWorld.Today, """{"aaid": "FFFF#5A01", "url": "https://mds.lab.example/1", "hash": "AAAA", "statusReports": []}""");
        var decision = MetadataBlob.Verify(World.Service.Sign(payload), World.Rules);
        Assert.Equal((MetadataErrorCodes.TocUnsupported, ErrorCategory.Unsupported), (decision.Error?.Code, decision.Error?.Category));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"no\": 1, \"nextUpdate\": \"2026-05-01\"}")]
    [InlineData("{\"no\": 1, \"entries\": []}")]
    [InlineData("{\"nextUpdate\": \"2026-05-01\", \"entries\": []}")]
    [InlineData("{\"no\": -1, \"nextUpdate\": \"2026-05-01\", \"entries\": []}")]
    [InlineData("{\"no\": 1, \"nextUpdate\": \"2026-5-1\", \"entries\": []}")]
    [InlineData("{\"no\": 1, \"nextUpdate\": \"2026-05-01\", \"entries\": {}}")]
    [InlineData("{\"no\": 1, \"no\": 2, \"nextUpdate\": \"2026-05-01\", \"entries\": []}")]
    public void Verify_PayloadOutOfForm_IsRefused(string payload) =>
        Assert.Equal(MetadataErrorCodes.BlobMalformed, MetadataBlob.Verify(World.Service.Sign(payload), World.Rules).Error?.Code);

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    public void Verify_NoJws_IsRefused(string jws) => Assert.Equal(MetadataErrorCodes.BlobMalformed, MetadataBlob.Verify(jws, World.Rules).Error?.Code);

    [Fact]
    public void Verify_OneEntryOutOfForm_LeavesTheOthersAndIsAProblemOfItsModel()
    {
        var broken = new Guid("22222222-0e0f-1011-1213-141516171819");
        var payload = JsonNode.Parse(World.Payload())!;
        payload["entries"]!.AsArray().Add(JsonNode.Parse($$"""{"aaguid": "{{broken}}", "statusReports": "none", "timeOfLastStatusChange": "2026-01-01"}"""));
        payload["entries"]!.AsArray().Add(JsonNode.Parse("""{"aaguid": 7}"""));
        var blob = World.Accepted(World.Service.Sign(payload.ToJsonString()));

        Assert.NotNull(blob.FindByAaguid(MetadataWorld.Model)?.Statement);
        Assert.Equal(MetadataErrorCodes.EntryMalformed, blob.FindByAaguid(broken)?.Problem?.Code);
        Assert.Equal(MetadataErrorCodes.EntryMalformed, Assert.Single(blob.Unreadable).Code);
        var judged = MetadataStatusPolicy.Default.Judge(blob.FindByAaguid(broken)!, null, MetadataWorld.Now);
        Assert.Equal((VerificationOutcome.Undetermined, MetadataErrorCodes.EntryMalformed), (judged.Outcome, judged.Error?.Code));
    }

    [Fact]
    public void Verify_StatementOfAnotherModel_IsAProblem()
    {
        var payload = JsonNode.Parse(World.Payload())!;
        payload["entries"]![0]!["metadataStatement"]!["aaguid"] = Guid.NewGuid().ToString();
        var entry = World.Accepted(World.Service.Sign(payload.ToJsonString())).FindByAaguid(MetadataWorld.Model)!;
        Assert.Equal((MetadataErrorCodes.EntryMalformed, null), (entry.Problem?.Code, entry.Statement));
    }

    [Fact]
    public void Verify_TwoEntriesForOneModel_ReportsOfBothCount()
    {
        var payload = TestMetadataService.Payload(
            1,
            MetadataWorld.Today.AddDays(1),
            TestMetadataService.Entry(World.Statement, ("REVOKED", MetadataWorld.Today)),
            TestMetadataService.Entry(World.Statement, ("FIDO_CERTIFIED_L3", MetadataWorld.Today)));
        var entry = World.Accepted(World.Service.Sign(payload)).FindByAaguid(MetadataWorld.Model)!;
        Assert.Equal(["REVOKED", "FIDO_CERTIFIED_L3"], entry.StatusReports.Select(report => report.StatusText));
    }

    private static JsonArray Certificates(IEnumerable<TestCertificate> certificates) => [.. certificates.Select(certificate => (JsonNode)Convert.ToBase64String(certificate.Der))];
}
