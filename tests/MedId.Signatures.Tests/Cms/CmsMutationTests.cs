using MedId.Core;
using MedId.TestSupport;

namespace MedId.Signatures.Tests;

/// <summary>Changed signatures: no exception, no endless loop, and whatever is accepted says what the original says.</summary>
public sealed class CmsMutationTests
{
    private static readonly SignaturePolicy Policy = SignatureScene.Policy with { MinimumLevel = SignatureLevel.BaselineT };

    [Theory]
    [InlineData(false, 20260401)]
    [InlineData(true, 20260402)]
    public void Verify_Mutant_SaysNothingNewAndNeverThrows(bool isAttached, int seed)
    {
        var cms = TestCms.By(SignatureScene.Signer);
        cms.Attached = isAttached;
        cms.Revocation.Add(SignatureScene.Crl);
        cms.Signers[0].UnsignedFromSignature = new TestTst(SignatureScene.Tsa).Attribute;
        var original = cms.Write();
        ReadOnlyMemory<byte>? detached = isAttached ? default(ReadOnlyMemory<byte>?) : cms.Content;
        var expected = CmsVerifier.Verify(original, detached, Policy, SignatureScene.Evidence, SignatureScene.Now);
        Assert.True(expected.IsAccepted, expected.Error?.ToString());

        var accepted = 0;
        var mutants = new SeededMutator(seed).Mutate(original, 2000).Concat(SeededMutator.EveryTruncation(original)).Concat(new TlvMutator(seed).Mutate(original, 3000));
        foreach (var mutant in mutants)
        {
            var result = CmsVerifier.Verify(mutant.Bytes, detached, Policy, SignatureScene.Evidence, SignatureScene.Now);
            Assert.Equal(result.Outcome == VerificationOutcome.Accepted, result.Error is null);
            if (result.IsAccepted)
            {
                accepted++;
                AssertSame(expected, result, mutant.How);
            }
        }

        // Unsigned parts may differ, such as a certificate that nobody needs; most mutants are refused.
        Assert.InRange(accepted, 1, 1500);
    }

    [Fact]
    public void Verify_TokenMutant_SaysNothingNewAndNeverThrows()
    {
        var stamped = "a signature's octets"u8.ToArray();
        var original = new TestTst(SignatureScene.Tsa).Write(stamped);

        foreach (var mutant in new SeededMutator(20260403).Mutate(original, 2000).Concat(SeededMutator.EveryTruncation(original)).Concat(new TlvMutator(20260403).Mutate(original, 3000)))
        {
            var report = TimestampVerifier.Verify(mutant.Bytes, TimestampKind.Signature, stamped, SignatureScene.TimestampPolicy, SignatureScene.Evidence, SignatureScene.Now);
            if (report.Outcome == VerificationOutcome.Accepted)
            {
                Assert.Equal(SignatureScene.StampedAt, report.Time);
                Assert.Equal(SignatureScene.TsaPolicy, report.Token!.Info.PolicyOid);
                Assert.Equal(SignatureScene.Tsa.Der, report.Certificate!.RawData.ToArray());
            }
        }
    }

    [Fact]
    public void Read_EveryBitFlipOfTheInfo_IsRefusedOrAnotherInfo()
    {
        var original = new TestTst(SignatureScene.Tsa) { Nonce = MedId.Testing.TestDer.Integer(42), Ordering = MedId.Testing.TestDer.Boolean(true) }.Info("data"u8.ToArray());
        var expected = Describe(TimestampInfoReader.Read(original)!);

        // DER has one form for one value: a change that is read means something else.
        Assert.All(SeededMutator.EveryBitFlip(original), mutant => Assert.True(TimestampInfoReader.Read(mutant.Bytes) is not { } info || Describe(info) != expected, mutant.How));
    }

    [Fact]
    public void Parse_ResponseMutant_NeverThrows()
    {
        var request = TimestampRequest.Create("data"u8);
        var original = TimestampResponseTests.Response(TimestampResponseTests.Answer(request), 0);

        foreach (var mutant in new SeededMutator(20260404).Mutate(original, 2000).Concat(SeededMutator.EveryTruncation(original)))
        {
            var token = TimestampResponse.Parse(mutant.Bytes).Then(r => r.Accept(request));
            Assert.True(token.Error is not null || token.Value!.Info.Nonce!.Value.Span.SequenceEqual(request.Nonce.Span), mutant.How);
        }
    }

    private static void AssertSame(DocumentVerification expected, DocumentVerification result, string how)
    {
        Assert.True(result.Signers.Count == 1, how);
        var (first, second) = (expected.Signers[0], result.Signers[0]);
        Assert.True(first.Certificate!.Equals(second.Certificate), how);
        Assert.True(first.Covered[0].Octets.Span.SequenceEqual(second.Covered[0].Octets.Span), how);
        Assert.True(first.Covered[0].Reference == second.Covered[0].Reference, how);
        Assert.True(first.ClaimedSigningTime == second.ClaimedSigningTime && first.BestSignatureTime == second.BestSignatureTime, how);
    }

    private static string Describe(TimestampInfo info) => string.Join(
        '|', info.PolicyOid, info.ImprintAlgorithm, Convert.ToHexString(info.Imprint.Span), Convert.ToHexString(info.SerialNumber.Span), info.Time.ToString("O"), info.Accuracy, info.Ordering,
        info.Nonce is { } nonce ? Convert.ToHexString(nonce.Span) : null, info.Authority);
}
