using System.Security.Cryptography.X509Certificates;
using MedId.Core;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Pki.Tests.Paths;

/// <summary>RFC 5280 §6.1: one path that is accepted, one change each, refused by its code for its certificate.</summary>
public sealed class PathValidatorTests
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const string AnyPurpose = "2.5.29.37.0";

    private static readonly DateTimeOffset Now = PathWorld.Now;

    [Fact]
    public void Validate_GoodPath_IsAcceptedWithItsCertificatesAndAnchor()
    {
        var world = new PathWorld();
        var anchor = world.Anchor;
        var decision = PathWorld.Validate(world.Target, [anchor], [world.Authority.Certificate]);
        Assert.True(decision.IsAccepted);
        Assert.Null(decision.Error);
        Assert.Null(decision.RefusedCertificate);
        Assert.Same(anchor, decision.Anchor);
        Assert.Equal([world.Target.Der, world.Authority.Certificate.Der], decision.Path.Select(c => c.RawData.ToArray()));
        Assert.Equal(2, decision.SignaturesVerified);
        Assert.Equal([RevocationStatus.NotChecked, RevocationStatus.NotChecked], decision.Revocation.Select(f => f.Status));
        Assert.False(decision.UsedWeakAlgorithm);
        Assert.Empty(decision.Steps);
    }

    [Theory]
    [InlineData(TestKeyKind.Rsa2048)]
    [InlineData(TestKeyKind.P384)]
    [InlineData(TestKeyKind.P521)]
    public void Validate_OtherKeys_AreAccepted(TestKeyKind kind) => Assert.True(new PathWorld(kind: kind).Validate().IsAccepted);

    public static TheoryData<string, string, int, string, PathWorldChange> Changes { get; } = new()
    {
        { "target's signature", PkiErrorCodes.Signature, 0, "RFC 5280 §6.1.3 (a)(1)", new(Target: b => b.ChangeSignature = Flip) },
        { "CA's signature", PkiErrorCodes.Signature, 1, "RFC 5280 §6.1.3 (a)(1)", new(Authority: b => b.ChangeSignature = Flip) },
        { "target expired", PkiErrorCodes.Expired, 0, "RFC 5280 §6.1.3 (a)(2)", new(Target: b => b.Valid(Now.AddYears(-2), Now.AddSeconds(-1))) },
        { "target not yet valid", PkiErrorCodes.NotYetValid, 0, "RFC 5280 §6.1.3 (a)(2)", new(Target: b => b.Valid(Now.AddSeconds(1), Now.AddYears(2))) },
        { "CA expired", PkiErrorCodes.Expired, 1, "RFC 5280 §6.1.3 (a)(2)", new(Authority: b => b.Valid(Now.AddYears(-2), Now.AddSeconds(-1))) },
        { "target names another issuer", PkiErrorCodes.NoPath, 0, "RFC 5280 §6.1.3 (a)(4)", new(Target: b => b.Issuer = TestName.Common("Somebody else")) },
        { "CA names another issuer", PkiErrorCodes.NoPath, 1, "RFC 5280 §6.1.3 (a)(4)", new(Authority: b => b.Issuer = TestName.Common("Somebody else")) },
        { "CA without basicConstraints", PkiErrorCodes.NotACa, 1, "RFC 5280 §6.1.4 (k)", new(Authority: b => b.Without("2.5.29.19")) },
        { "CA that is none", PkiErrorCodes.NotACa, 1, "RFC 5280 §6.1.4 (k)", new(Authority: b => b.With(TestExtensions.BasicConstraints(isCa: false))) },
        { "CA of version 1", PkiErrorCodes.NotACa, 1, "RFC 5280 §6.1.4 (k)", new(Authority: b => { b.Version = 1; b.Extensions.Clear(); }) },
        { "CA whose key may not sign certificates", PkiErrorCodes.KeyUsage, 1, "RFC 5280 §6.1.4 (n)", new(Authority: b => b.With(TestExtensions.KeyUsage(X509KeyUsageFlags.CrlSign))) },
        { "unknown critical extension in the CA", PkiErrorCodes.CriticalExtension, 1, "RFC 5280 §6.1.4 (o)", new(Authority: b => b.With(TestExtensions.Unknown(critical: true))) },
        { "unknown critical extension in the target", PkiErrorCodes.CriticalExtension, 0, "RFC 5280 §6.1.5 (f)", new(Target: b => b.With(TestExtensions.Unknown(critical: true))) },
        { "mapping from anyPolicy", PkiErrorCodes.PolicyMappingInvalid, 1, "RFC 5280 §6.1.4 (a)", new(Authority: b => b.With(TestExtensions.PolicyMappings(("2.5.29.32.0", "2.999.1")))) },
        { "mapping to anyPolicy", PkiErrorCodes.PolicyMappingInvalid, 1, "RFC 5280 §6.1.4 (a)", new(Authority: b => b.With(TestExtensions.PolicyMappings(("2.999.1", "2.5.29.32.0")))) },
        { "CA requires a policy and names none", PkiErrorCodes.PolicyRequired, 0, "RFC 5280 §6.1.3 (f)", new(Authority: b => b.With(TestExtensions.PolicyConstraints(0))) },
        { "target requires a policy and has none", PkiErrorCodes.PolicyRequired, 0, "RFC 5280 §6.1.5 (g)", new(Target: b => b.With(TestExtensions.PolicyConstraints(0))) },
        { "name outside", PkiErrorCodes.NameNotPermitted, 0, "RFC 5280 §6.1.3 (b), (c)", new(Authority: b => b.With(TestExtensions.NameConstraints([TestGeneralName.Directory(TestName.Of(("C", "US")))]))) },
        { "name excluded", PkiErrorCodes.NameExcluded, 0, "RFC 5280 §6.1.3 (b), (c)", new(Authority: b => b.With(TestExtensions.NameConstraints(null, [TestGeneralName.Directory(TestName.Of(("C", "JP")))]))) },
        { "root allows no CA below", PkiErrorCodes.PathLengthConstraint, 1, "RFC 5280 §6.1.4 (l)", new(Root: b => b.With(TestExtensions.BasicConstraints(isCa: true, 0))) },
        { "root is no CA", PkiErrorCodes.NotACa, 2, "RFC 5937 §3.2", new(Root: b => b.With(TestExtensions.BasicConstraints(isCa: false))) },
        { "root may not sign certificates", PkiErrorCodes.KeyUsage, 2, "RFC 5937 §3.2", new(Root: b => b.With(TestExtensions.KeyUsage(X509KeyUsageFlags.DigitalSignature))) },
        { "root excludes the name", PkiErrorCodes.NameExcluded, 1, "RFC 5280 §6.1.3 (b), (c)", new(Root: b => b.With(TestExtensions.NameConstraints(null, [TestGeneralName.Directory(TestName.Of(("C", "JP")))]))) },
        { "root expired", PkiErrorCodes.AnchorNotValid, 2, "policy of the relying party", new(Root: b => b.Valid(Now.AddYears(-2), Now.AddSeconds(-1))) },
        { "target signed with SHA-1", PkiErrorCodes.AlgorithmNotAllowed, 0, "RFC 5280 §6.1.3 (a)(1)", new(Target: b => b.Algorithm = TestSignatureAlgorithm.EcdsaSha1) },
        { "CA with a small key", PkiErrorCodes.AlgorithmNotAllowed, 0, "RFC 5280 §6.1.3 (a)(1)", new(Kind: TestKeyKind.Rsa1024) },
        { "target signed by another algorithm than the key's", PkiErrorCodes.AlgorithmUnsupported, 0, "RFC 5280 §6.1.3 (a)(1)", new(Target: b => (b.IssuerKey, b.Algorithm) = (TestKey.Shared(TestKeyKind.Rsa2048), TestSignatureAlgorithm.RsaSha256)) },
        { "CA's key that cannot be read", PkiErrorCodes.KeyUnusable, 0, "RFC 5280 §4.1.2.7", new(Authority: b => b.Replace(TestCertificateField.SubjectPublicKeyInfo, TestDer.Sequence(TestDer.Sequence(TestDer.Oid("2.999.1")), TestDer.BitString([1])))) },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Validate_OneThingWrong_IsRefusedForItsCertificateByItsSection(string what, string code, int certificate, string section, PathWorldChange change)
    {
        var decision = new PathWorld(change.Root, change.Authority, change.Target, change.Kind).Validate();
        Assert.True(decision.Outcome == VerificationOutcome.Refused && decision.Error?.Code == code, $"{what}: {decision.Error}");
        Assert.Equal(certificate, decision.RefusedCertificate);
        Assert.Equal(section, decision.Error.Section);
        Assert.False(decision.IsAccepted);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void Validate_EndOfValidity_IsIncluded(int seconds, bool accepted) =>
        Assert.Equal(accepted, new PathWorld(target: b => b.Valid(Now.AddYears(-1), Now.AddSeconds(seconds))).Validate().IsAccepted);

    // The reference time counts, not the clock: what expired since was good then.
    [Fact]
    public void Validate_TimeInThePast_IsTheTimeThatCounts()
    {
        var world = new PathWorld(target: b => b.Valid(Now.AddYears(-3), Now.AddYears(-2)));
        Assert.True(world.Validate(at: Now.AddYears(-2)).IsAccepted);
        Assert.Equal(PkiErrorCodes.Expired, world.Validate(at: Now.AddYears(-2).AddTicks(1)).Error!.Code);
        Assert.Equal(PkiErrorCodes.NotYetValid, world.Validate(at: Now.AddYears(-3).AddTicks(-1)).Error!.Code);
    }

    [Fact]
    public void Validate_ExpiredAnchor_IsAcceptedWhenPolicySaysSo() =>
        Assert.True(new PathWorld(root: b => b.Valid(Now.AddYears(-2), Now.AddDays(-1))).Validate(PathWorld.Policy with { CheckAnchorValidity = false }).IsAccepted);

    [Fact]
    public void Validate_AnchorConstraints_DoNotBindWhenPolicySaysSo()
    {
        var policy = PathWorld.Policy with { ApplyAnchorConstraints = false };
        Assert.True(new PathWorld(root: b => b.With(TestExtensions.BasicConstraints(isCa: true, 0))).Validate(policy).IsAccepted);
        Assert.True(new PathWorld(root: b => b.With(TestExtensions.BasicConstraints(isCa: false))).Validate(policy).IsAccepted);
    }

    [Fact]
    public void Validate_WeakAlgorithmByException_IsAcceptedAndReported()
    {
        var world = new PathWorld(target: b => b.Algorithm = TestSignatureAlgorithm.EcdsaSha1);
        var policy = PathWorld.Policy with { Algorithms = AlgorithmPolicy.Default.DangerouslyAllowSha1(SignatureUse.Certificate, Now.AddDays(1)) };
        var decision = world.Validate(policy);
        Assert.True(decision.IsAccepted);
        Assert.True(decision.UsedWeakAlgorithm);
        Assert.Equal(PkiErrorCodes.AlgorithmNotAllowed, world.Validate(policy, Now.AddDays(1)).Error!.Code);
    }

    [Theory]
    [InlineData(KeyUsages.DigitalSignature, true)]
    [InlineData(KeyUsages.NonRepudiation, false)]
    [InlineData(KeyUsages.DigitalSignature | KeyUsages.NonRepudiation, false)]
    public void Validate_RequiredKeyUsage_IsTheTargets(KeyUsages required, bool accepted)
    {
        var decision = new PathWorld().Validate(PathWorld.Policy with { RequiredKeyUsage = required });
        Assert.Equal(accepted ? null : PkiErrorCodes.KeyUsage, decision.Error?.Code);
        Assert.Equal(accepted ? null : 0, decision.RefusedCertificate);
    }

    [Theory]
    [InlineData(new[] { ClientAuth }, false, true)]
    [InlineData(new[] { ClientAuth, ServerAuth }, false, true)]
    [InlineData(new[] { ServerAuth }, false, false)]
    [InlineData(new[] { AnyPurpose }, false, false)]
    [InlineData(new[] { AnyPurpose }, true, true)]
    [InlineData(new string[0], false, true)]
    public void Validate_RequiredPurpose_IsTheTargets(string[] purposes, bool acceptAny, bool accepted)
    {
        var world = new PathWorld(target: b => { if (purposes.Length > 0) { b.With(TestExtensions.ExtendedKeyUsage(purposes)); } });
        var decision = world.Validate(PathWorld.Policy with { RequiredExtendedKeyUsages = [ClientAuth], AcceptAnyExtendedKeyUsage = acceptAny });
        Assert.Equal(accepted ? null : PkiErrorCodes.ExtendedKeyUsage, decision.Error?.Code);
    }

    [Theory]
    [InlineData(ServerAuth, false)]
    [InlineData(ClientAuth, true)]
    [InlineData(AnyPurpose, true)]
    public void Validate_NestedPurposes_BindWhenPolicySaysSo(string ofTheAuthority, bool accepted)
    {
        var world = new PathWorld(authority: b => b.With(TestExtensions.ExtendedKeyUsage(ofTheAuthority)));
        var policy = PathWorld.Policy with { RequiredExtendedKeyUsages = [ClientAuth] };
        Assert.True(world.Validate(policy).IsAccepted);
        var nested = world.Validate(policy with { NestExtendedKeyUsages = true });
        Assert.Equal(accepted ? null : PkiErrorCodes.ExtendedKeyUsage, nested.Error?.Code);
        Assert.Equal(accepted ? null : 1, nested.RefusedCertificate);
    }

    [Fact]
    public void Validate_CriticalExtensionThatTheCallerProcesses_IsAccepted() => Assert.True(new PathWorld(target: b => b.With(TestExtensions.Unknown(critical: true)))
        .Validate(PathWorld.Policy with { UnderstoodExtensions = ["2.999.1"] }).IsAccepted);

    [Fact]
    public void Validate_Explain_TellsEveryStepInOrder()
    {
        var decision = new PathWorld(target: b => b.Valid(Now.AddYears(-2), Now.AddYears(-1))).Validate(PathWorld.Policy with { Explain = true });
        Assert.Equal(new PathStep("RFC 5280 §6.1.3 (a)(2)", "validity", 0, PathStepResult.Failed), decision.Steps[^1]);
        Assert.All(decision.Steps.SkipLast(1), step => Assert.NotEqual(PathStepResult.Failed, step.Result));
        Assert.Contains(new PathStep("RFC 5280 §6.1.4 (k)", "is a CA", 1, PathStepResult.Passed), decision.Steps);
    }

    [Fact]
    public void Validate_RequirementWithoutEvidence_IsUndetermined()
    {
        var decision = new PathWorld().Validate(PathWorld.Policy with { Revocation = RevocationRequirement.Chain });
        Assert.Equal(VerificationOutcome.Undetermined, decision.Outcome);
        Assert.Equal(PkiErrorCodes.RevocationUnknown, decision.Error!.Code);
        Assert.Equal(1, decision.RefusedCertificate);
        Assert.Equal(0, new PathWorld().Validate(PathWorld.Policy with { Revocation = RevocationRequirement.Leaf }).RefusedCertificate);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Validate_LengthOutsideItsRange_IsMisuse(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PathWorld().Validate(PathWorld.Policy with { MaxPathLength = length }));

    private static byte[] Flip(byte[] signature) => [.. signature[..^1], (byte)(signature[^1] ^ 1)];

    /// <summary>What is changed in a world.</summary>
    public sealed record PathWorldChange(
        Action<TestCertificateBuilder>? Root = null, Action<TestCertificateBuilder>? Authority = null, Action<TestCertificateBuilder>? Target = null, TestKeyKind Kind = TestKeyKind.P256);
}
