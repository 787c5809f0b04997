using MedId.Core;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>Every way in which the test authority's time-stamping service misbehaves, from the request to the decision.</summary>
public sealed class TimestampFaultTests
{
    private static readonly byte[] Data = "a signature's octets"u8.ToArray();
    private static readonly TestTimestampAuthority Service = new(SignatureScene.TsaAuthority, policy: SignatureScene.TsaPolicy);

    public static TheoryData<TimestampFault> Faults => [.. Enum.GetValues<TimestampFault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Verify_Fault_IsAnsweredWithItsCode(TimestampFault fault)
    {
        var request = TimestampRequest.Create(Data, policyOid: SignatureScene.TsaPolicy);

        var token = TimestampResponse.Parse(Service.Respond(request.RawData.ToArray(), fault)).Then(r => r.Accept(request));
        var code = token.Error?.Code ?? TimestampVerifier.Verify(token.Value!, TimestampKind.Content, Data, SignatureScene.TimestampPolicy, SignatureScene.Evidence, SignatureScene.Now).Error?.Code;

        // Another hash for the imprint is seen twice: it is not what was asked for, and a verifier without the request does not know it.
        Assert.Equal(fault == TimestampFault.OtherImprintAlgorithm ? SignaturesErrorCodes.TspImprintMismatch : TestFaultCodes.CodeOf(fault), code);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Verify_FaultInATokenAlone_IsNeverAcceptedWhereItMatters(TimestampFault fault)
    {
        if (fault is TimestampFault.Rejection or TimestampFault.Waiting or TimestampFault.GrantedWithoutToken or TimestampFault.Garbage or TimestampFault.TrailingBytes)
        {
            return;
        }

        var report = TimestampVerifier.Verify(Service.Stamp(Data, fault), TimestampKind.Content, Data, SignatureScene.TimestampPolicy, SignatureScene.Evidence, SignatureScene.Now);

        // Without a request there is no nonce to compare; everything else is seen in the token itself.
        var isHarmless = fault is TimestampFault.None or TimestampFault.NoAccuracy or TimestampFault.OtherNonce or TimestampFault.NoNonce;
        Assert.Equal(isHarmless, report.Outcome == VerificationOutcome.Accepted);
    }
}
