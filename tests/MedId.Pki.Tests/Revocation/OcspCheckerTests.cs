using MedId.Core;
using MedId.Testing;

namespace MedId.Pki.Tests;

/// <summary>RFC 6960 §3.2, §4.2.2: one response that says good, then one change each.</summary>
public sealed class OcspCheckerTests
{
    private static readonly DateTimeOffset Now = RevocationWorld.Now;

    private readonly RevocationWorld _world = new();

    public static TheoryData<OcspFault> Faults =>
        [.. Enum.GetValues<OcspFault>().Where(fault => TestFaultCodes.CodeOf(fault) is { } code && code != PkiErrorCodes.OcspNonce)];

    [Fact]
    public void Check_ResponseOfTheIssuer_IsGood()
    {
        var decision = _world.CheckOcsp(Respond());

        Assert.Equal((VerificationOutcome.Accepted, RevocationStatus.Good), (decision.Outcome, decision.Status));
        Assert.Equal((OcspResponderKind.Issuer, false), (decision.Responder?.Kind, decision.Responder?.ByKey));
        Assert.Equal((Now.AddMinutes(-5), Now.AddHours(12), Now.AddMinutes(-5)), (decision.ThisUpdate, decision.NextUpdate, decision.ProducedAt));
    }

    [Fact]
    public void Check_Revoked_IsAcceptedWithReasonAndTime()
    {
        _world.Authority.Revoke(_world.Target, (int)CrlReason.KeyCompromise);
        var decision = _world.CheckOcsp(Respond());

        Assert.Equal((VerificationOutcome.Accepted, RevocationStatus.Revoked, false), (decision.Outcome, decision.Status, decision.IsNotIssued));
        Assert.Equal((CrlReason.KeyCompromise, Now.AddDays(-1)), (decision.Reason, decision.RevokedAt));
    }

    [Theory]
    [InlineData(OcspFault.UnknownStatus, RevocationStatus.Unknown)]
    [InlineData(OcspFault.GoodAndRevoked, RevocationStatus.Revoked)]
    [InlineData(OcspFault.GoodAndUnknown, RevocationStatus.Unknown)]
    [InlineData(OcspFault.OtherCertificateFirst, RevocationStatus.Good)]
    [InlineData(OcspFault.NoNextUpdate, RevocationStatus.Good)]
    public void Check_WhatIsNoFault_IsAcceptedWithTheWorstStatus(OcspFault fault, RevocationStatus status)
    {
        var decision = _world.CheckOcsp(Respond(fault));
        Assert.Equal((null, status), (decision.Error?.Code, decision.Status));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Check_Fault_IsUndeterminedWithItsCode(OcspFault fault)
    {
        var decision = _world.CheckOcsp(Respond(fault));

        Assert.Equal(TestFaultCodes.CodeOf(fault), decision.Error?.Code);
        Assert.Equal((VerificationOutcome.Undetermined, RevocationStatus.Unknown), (decision.Outcome, decision.Status));
        Assert.Null(decision.RevokedAt);
    }

    [Theory]
    [InlineData(OcspFault.TryLater, PkiErrorCodes.OcspResponseStatus)]
    [InlineData(OcspFault.OtherType, PkiErrorCodes.OcspType)]
    [InlineData(OcspFault.OtherSerialNumber, PkiErrorCodes.OcspNoMatch)]
    [InlineData(OcspFault.OtherIssuerKey, PkiErrorCodes.OcspNoMatch)]
    [InlineData(OcspFault.TamperedSignature, PkiErrorCodes.OcspSignature)]
    [InlineData(OcspFault.Sha1Signature, PkiErrorCodes.OcspAlgorithm)]
    [InlineData(OcspFault.UnknownCriticalExtension, PkiErrorCodes.OcspCriticalExtension)]
    [InlineData(OcspFault.UnknownCriticalSingleExtension, PkiErrorCodes.OcspCriticalExtension)]
    public void Check_ResponseThatCannotBeUsed_SaysWhy(OcspFault fault, string code) => Assert.Equal(code, _world.CheckOcsp(Respond(fault)).Error?.Code);

    [Theory]
    [InlineData(OcspFault.None, true, null)]
    [InlineData(OcspFault.NoNonce, false, null)]
    [InlineData(OcspFault.NoNonce, true, PkiErrorCodes.OcspNonce)]
    [InlineData(OcspFault.OtherNonce, false, PkiErrorCodes.OcspNonce)]
    public void Check_Nonce_IsTheRequestsOrMissingWhereThatIsAllowed(OcspFault fault, bool isRequired, string? code)
    {
        var request = OcspRequest.Build(_world.Certificate, _world.Issuer, nonce: OcspRequest.NewNonce());
        var response = new TestOcspResponder(_world.Authority).Respond(request.RawData.ToArray(), fault);
        var expectations = RevocationWorld.Expectations with { Nonce = request.Nonce, RequireNonce = isRequired };

        Assert.Equal(code, _world.CheckOcsp(response, expectations).Error?.Code);
    }

    [Fact]
    public void Check_NonceRequiredAndNoneSent_IsRefused() =>
        Assert.Equal(PkiErrorCodes.OcspNonce, _world.CheckOcsp(Respond(), RevocationWorld.Expectations with { RequireNonce = true }).Error?.Code);

    [Theory]
    [InlineData(-300, null)]
    [InlineData(-301, PkiErrorCodes.OcspNotYetValid)]
    [InlineData(43_200, null)]
    [InlineData(43_201, PkiErrorCodes.OcspStale)]
    public void Check_EdgesOfItsTime_AreExactToTheSecond(int seconds, string? code) => Assert.Equal(code, _world.CheckOcsp(Respond(), at: Now.AddSeconds(seconds)).Error?.Code);

    [Theory]
    [InlineData(-360, null)]
    [InlineData(-361, PkiErrorCodes.OcspNotYetValid)]
    [InlineData(43_260, null)]
    [InlineData(43_261, PkiErrorCodes.OcspStale)]
    public void Check_ClockSkew_WidensBothEnds(int seconds, string? code) =>
        Assert.Equal(code, _world.CheckOcsp(Respond(), RevocationWorld.Expectations with { ClockSkew = TimeSpan.FromMinutes(1) }, Now.AddSeconds(seconds)).Error?.Code);

    [Theory]
    [InlineData(300, null)]
    [InlineData(299, PkiErrorCodes.OcspStale)]
    public void Check_MaxAge_CountsFromThisUpdate(int seconds, string? code) =>
        Assert.Equal(code, _world.CheckOcsp(Respond(), RevocationWorld.Expectations with { MaxAge = TimeSpan.FromSeconds(seconds) }).Error?.Code);

    [Theory]
    [InlineData(86_100, null)]
    [InlineData(86_101, PkiErrorCodes.OcspStale)]
    public void Check_WithoutNextUpdate_IsOfOneDayUnlessPolicySaysOtherwise(int seconds, string? code)
    {
        var response = Respond(OcspFault.NoNextUpdate);
        Assert.Equal(code, _world.CheckOcsp(response, at: Now.AddSeconds(seconds)).Error?.Code);
        Assert.Null(_world.CheckOcsp(response, RevocationWorld.Expectations with { MaxAge = TimeSpan.FromDays(2) }, Now.AddSeconds(seconds)).Error);
    }

    [Theory]
    [InlineData(-301, PkiErrorCodes.OcspProducedAt)]
    [InlineData(-300, null)]
    [InlineData(0, null)]
    [InlineData(1, PkiErrorCodes.OcspProducedAt)]
    public void Check_ProducedAt_IsBetweenThisUpdateAndTheReferenceTime(int seconds, string? code) =>
        Assert.Equal(code, _world.CheckOcsp(Respond(change: builder => builder.ProducedAt = Now.AddSeconds(seconds))).Error?.Code);

    [Fact]
    public void Check_ResponderByKey_IsFound()
    {
        var decision = _world.CheckOcsp(Respond(change: builder =>
        {
            builder.ResponderName = null;
            builder.ResponderKeyHash = System.Security.Cryptography.CryptographicOperations.HashData(System.Security.Cryptography.HashAlgorithmName.SHA1, OcspIssuer.BitsOf(_world.Authority.Key.SubjectPublicKeyInfo).Span);
        }));
        Assert.Equal((null, true), (decision.Error?.Code, decision.Responder?.ByKey));
    }

    [Fact]
    public void Check_CertIdBySha256_IsFound()
    {
        var id = TestOcspResponder.CertificateId(_world.Authority, _world.Target.SerialNumber, System.Security.Cryptography.HashAlgorithmName.SHA256);
        Assert.Null(_world.CheckOcsp(Respond(change: builder => builder.ChangeSingles(single => single with { CertificateId = id }))).Error);
    }

    [Fact]
    public void Check_Delegate_IsFoundInTheResponseOrWhereItWasGivenAlong()
    {
        var delegated = TestOcspResponder.CreateDelegate(_world.Authority);
        var responder = new TestOcspResponder(_world.Authority, delegated);
        var without = responder.RespondFor(_world.Target, profiles: builder => builder.Certificates.Clear());

        Assert.Equal(OcspResponderKind.Delegated, _world.CheckOcsp(responder.RespondFor(_world.Target)).Responder?.Kind);
        Assert.Equal(PkiErrorCodes.OcspResponderNotAuthorised, _world.CheckOcsp(without).Error?.Code);
        Assert.Null(_world.CheckOcsp(without, RevocationWorld.Expectations with { ResponderCertificates = [RevocationWorld.Read(delegated)] }).Error);
    }

    [Fact]
    public void Check_DelegateOfAnotherKeyOfTheCa_IsNotAuthorised()
    {
        // Rollover: the same name, but not the key that signed the certificate.
        var other = _world.Authority.NextGeneration(TestKey.Create(TestKeyKind.P256));
        var delegated = TestOcspResponder.CreateDelegate(other);
        var response = new TestOcspResponder(_world.Authority, delegated).RespondFor(_world.Target);

        Assert.Equal(PkiErrorCodes.OcspResponderNotAuthorised, _world.CheckOcsp(response).Error?.Code);
    }

    [Theory]
    [InlineData(true, ResponderRevocation.AsCertificateSays, false, null)]
    [InlineData(true, ResponderRevocation.Required, false, null)]
    [InlineData(false, ResponderRevocation.AsCertificateSays, false, null)]
    [InlineData(false, ResponderRevocation.Required, false, PkiErrorCodes.OcspResponderNotAuthorised)]
    [InlineData(false, ResponderRevocation.AsCertificateSays, true, PkiErrorCodes.OcspResponderNotAuthorised)]
    public void Check_DelegateWithoutNoCheck_NeedsACrlWhereItOrPolicySaysSo(bool noCheck, ResponderRevocation policy, bool namesPlace, string? code)
    {
        var delegated = TestOcspResponder.CreateDelegate(_world.Authority, noCheck, profiles: builder =>
        {
            if (namesPlace)
            {
                builder.With(TestExtensions.CrlDistributionPoints(TestDistributionPoint.At("http://lab.invalid/a.crl")));
            }
        });
        var response = new TestOcspResponder(_world.Authority, delegated).RespondFor(_world.Target);
        var expectations = RevocationWorld.Expectations with { ResponderRevocation = policy };

        Assert.Equal(code, _world.CheckOcsp(response, expectations).Error?.Code);
        Assert.Null(_world.CheckOcsp(response, expectations with { Crls = [RevocationWorld.Crl(_world.Authority.CreateCrl())] }).Error);

        // Revoked it is with or without nocheck.
        _world.Authority.Revoke(delegated);
        var revoked = _world.CheckOcsp(response, expectations with { Crls = [RevocationWorld.Crl(_world.Authority.CreateCrl())] });
        Assert.Equal(PkiErrorCodes.OcspResponderNotAuthorised, revoked.Error?.Code);
    }

    [Fact]
    public void Check_TrustedResponder_NeedsNoDelegation()
    {
        var foreign = TestAuthority.CreateRoot(TestName.Common("LAB responder of its own"));
        var response = new TestOcspResponder(_world.Authority, foreign.Certificate).RespondFor(_world.Target);

        Assert.Equal(PkiErrorCodes.OcspResponderNotAuthorised, _world.CheckOcsp(response).Error?.Code);
        var decision = _world.CheckOcsp(response, RevocationWorld.Expectations with { TrustedResponders = [RevocationWorld.Read(foreign.Certificate)] });
        Assert.Equal((null, OcspResponderKind.Trusted), (decision.Error?.Code, decision.Responder?.Kind));
    }

    [Fact]
    public void Check_ExtendedRevoke_SaysThatItWasNeverIssued()
    {
        var response = Respond(change: builder =>
        {
            builder.Extensions.Add(new("1.3.6.1.5.5.7.48.1.9", Critical: false, TestDer.Null));
            builder.ChangeSingles(single => single with { Status = TestOcspStatus.Revoked, Reason = (int)CrlReason.CertificateHold, RevokedAt = DateTimeOffset.UnixEpoch });
        });
        var decision = _world.CheckOcsp(response);
        Assert.Equal((null, RevocationStatus.Revoked, true), (decision.Error?.Code, decision.Status, decision.IsNotIssued));
    }

    [Theory]
    [InlineData(null, PkiErrorCodes.OcspProducedAt)]
    [InlineData(-30, null)]
    [InlineData(-29, PkiErrorCodes.OcspProducedAt)]
    public void Check_GoodAfterTheEndOfTheCertificate_NeedsAnArchive(int? cutoffDays, string? code)
    {
        var world = new RevocationWorld(builder => builder.Valid(Now.AddYears(-2), Now.AddDays(-30)));
        TestExtension[] extensions = cutoffDays is { } days ? [new("1.3.6.1.5.5.7.48.1.6", Critical: false, TestDer.GeneralizedTime(Now.AddDays(days)))] : [];
        var response = new TestOcspResponder(world.Authority).RespondFor(world.Target, profiles: builder => builder.ChangeSingles(single => single with { Extensions = extensions }));

        Assert.Equal(code, world.CheckOcsp(response, RevocationWorld.Expectations with { AcceptLaterEvidence = true }, Now.AddDays(-60)).Error?.Code);
    }

    [Fact]
    public void Parse_NonceLongerThan128Octets_IsMalformed()
    {
        Assert.Null(_world.CheckOcsp(Respond(change: builder => builder.WithNonce(new byte[128]))).Error);
        Assert.Equal(PkiErrorCodes.OcspMalformed, _world.CheckOcsp(Respond(change: builder => builder.WithNonce(new byte[129]))).Error?.Code);
    }

    private byte[] Respond(OcspFault fault = OcspFault.None, Action<TestOcspResponseBuilder>? change = null) =>
        new TestOcspResponder(_world.Authority).RespondFor(_world.Target, fault, builder => change?.Invoke(builder));
}
