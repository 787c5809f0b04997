using System.Security.Cryptography;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>Answers of a time-stamping service, and whether they answer the request.</summary>
public sealed class TimestampResponseTests
{
    private static readonly byte[] Stamped = "a signature's octets"u8.ToArray();

    [Fact]
    public void Create_TwoRequests_DifferInTheirNonceOnly()
    {
        var first = TimestampRequest.Create(Stamped);
        var second = TimestampRequest.Create(Stamped);

        Assert.NotEqual(first.Nonce.ToArray(), second.Nonce.ToArray());
        Assert.Equal(first.Imprint.ToArray(), second.Imprint.ToArray());
        Assert.Equal(16, first.Nonce.Length);
    }

    [Fact]
    public void Create_WeakHash_Throws() => Assert.Throws<ArgumentException>(() => TimestampRequest.Create(Stamped, DigestAlgorithm.Sha1));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Accept_Granted_IsTheToken(int status)
    {
        var request = TimestampRequest.Create(Stamped, policyOid: SignatureScene.TsaPolicy);

        var token = TimestampResponse.Parse(Response(Answer(request), status)).Value!.Accept(request);

        Assert.True(token.Succeeded, token.Error?.ToString());
        Assert.Equal(SignatureScene.StampedAt, token.Value.Info.Time);
    }

    [Theory]
    [InlineData("imprint", SignaturesErrorCodes.TspImprintMismatch)]
    [InlineData("hash", SignaturesErrorCodes.TspImprintMismatch)]
    [InlineData("nonce", SignaturesErrorCodes.TspNonceMismatch)]
    [InlineData("no nonce", SignaturesErrorCodes.TspNonceMismatch)]
    [InlineData("policy", SignaturesErrorCodes.TspPolicyMismatch)]
    [InlineData("token", SignaturesErrorCodes.TspMalformed)]
    public void Accept_AnswerToSomethingElse_IsRefused(string what, string code)
    {
        var request = TimestampRequest.Create(Stamped, policyOid: SignatureScene.TsaPolicy);
        var tst = Answer(request);
        switch (what)
        {
            case "imprint": tst.Imprint = new byte[32]; break;
            case "hash": (tst.Hash, tst.Imprint) = (HashAlgorithmName.SHA512, null); break;
            case "nonce": tst.Nonce = TestDer.Integer(1); break;
            case "no nonce": tst.Nonce = []; break;
            case "policy": tst.Policy = "2.999.3161.2"; break;
            default: tst.Version = TestDer.Integer(3); break;
        }

        Assert.Equal(code, TimestampResponse.Parse(Response(tst, 0)).Value!.Accept(request).Error!.Code);
    }

    [Theory]
    [InlineData(2, 25, TimestampStatus.Rejection, TimestampFailures.SystemFailure)]
    [InlineData(3, 14, TimestampStatus.Waiting, TimestampFailures.TimeNotAvailable)]
    [InlineData(4, 0, TimestampStatus.RevocationWarning, TimestampFailures.BadAlgorithm)]
    [InlineData(5, 2, TimestampStatus.RevocationNotification, TimestampFailures.BadRequest)]
    public void Accept_NotGranted_IsRefusedWithTheReason(int status, int bit, TimestampStatus expected, TimestampFailures failure)
    {
        var info = TestDer.Sequence(TestDer.Integer(status), TestDer.Sequence(TestDer.Utf8String("words of a stranger")), TestDer.NamedBits(bit));
        var response = TimestampResponse.Parse(TestDer.Sequence(info)).Value!;

        Assert.Equal(expected, response.Status);
        Assert.Equal(failure, response.Failures);
        Assert.Null(response.RawToken);
        var error = response.Accept(TimestampRequest.Create(Stamped)).Error!;
        Assert.Equal(SignaturesErrorCodes.TspNotGranted, error.Code);
        Assert.DoesNotContain("stranger", error.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string> Malformed => ["empty", "status", "granted without token", "rejected with token", "tail", "text", "tail in status", "not a sequence"];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Parse_NotAResponse_IsRefused(string what)
    {
        var token = new TestTst(SignatureScene.Tsa).Write(Stamped);
        byte[] Status(int status, params byte[][] more) => TestDer.Sequence([TestDer.Integer(status), .. more]);
        var bytes = what switch
        {
            "empty" => [],
            "status" => TestDer.Sequence(Status(6)),
            "granted without token" => TestDer.Sequence(Status(0)),
            "rejected with token" => TestDer.Sequence(Status(2), token),
            "tail" => TestDer.Sequence(Status(0), token, TestDer.Null),
            "text" => TestDer.Sequence(Status(2, TestDer.Sequence(TestDer.Ia5String("no UTF8String")))),
            "tail in status" => TestDer.Sequence(Status(2, TestDer.NamedBits(1), TestDer.Null)),
            _ => TestDer.Set(Status(0), token),
        };

        Assert.Equal(SignaturesErrorCodes.TspMalformed, TimestampResponse.Parse(bytes).Error!.Code);
    }

    internal static TestTst Answer(TimestampRequest request) => new(SignatureScene.Tsa)
    {
        Hash = request.DigestAlgorithm.Hash,
        Imprint = request.Imprint.ToArray(),
        Nonce = TestDer.IntegerContent(request.Nonce.ToArray()),
    };

    internal static byte[] Response(TestTst tst, int status) => TestDer.Sequence(TestDer.Sequence(TestDer.Integer(status)), tst.Write(Stamped));
}
