using System.Text;
using MedId.Core;
using MedId.TestSupport;

namespace MedId.Jpki.Certificates.Tests.Retention;

public sealed class JpkiVerificationRecordTests
{
    private static readonly JpkiVerificationRecord Record = new()
    {
        RecordId = "r1",
        At = Scene.Now,
        Standing = JpkiStanding.ServiceProvider,
        Outcome = VerificationOutcome.Refused,
        Code = "jpki.certificate_revoked",
        SubjectKey = "k",
        DocumentSha256 = "d",
        PlatformReceipt = "v-1",
        Editions = "e",
    };

    [Fact]
    public void Parse_WrittenRecord_IsTheSame()
    {
        Assert.Equal(Record, JpkiVerificationRecord.Parse(Record.ToJson()).Value);
        var bare = Record with { Code = null, SubjectKey = null, DocumentSha256 = null, PlatformReceipt = null, Editions = null };
        Assert.Equal(bare, JpkiVerificationRecord.Parse(bare.ToJson()).Value);
    }

    [Theory]
    [InlineData("\"v\":1", "\"v\":2")]
    [InlineData("\"r1\"", "\"\"")]
    [InlineData("ServiceProvider", "3")]
    [InlineData("ServiceProvider", "Hospital")]
    [InlineData("Refused", "1")]
    [InlineData("2026-04-01", "2026-04-31")]
    public void Parse_OtherForm_IsRefused(string part, string change) => Assert.Equal(
        JpkiErrorCodes.DataMalformed,
        JpkiVerificationRecord.Parse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Record.ToJson()).Replace(part, change, StringComparison.Ordinal))).Error?.Code);

    [Fact]
    public void Parse_Mutant_DoesNotThrow()
    {
        foreach (var mutant in new SeededMutator(3).Mutate(Record.ToJson(), 3_000))
        {
            var parsed = JpkiVerificationRecord.Parse(mutant.Bytes);
            Assert.True(!parsed.Succeeded || JpkiVerificationRecord.Parse(parsed.Value.ToJson()).Value == parsed.Value, mutant.How);
        }
    }
}
