using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cli.Frame;

namespace MedId.Cli.Tests;

public sealed class BatchTests
{
    private static string Good => VerbTests.Example("ocsp request").ToJsonString();

    [Fact]
    public void Batch_LinesOfAllKinds_AreAnsweredInOrderAndTheRunGoesOn()
    {
        var refused = VerbTests.Example("ocsp request");
        refused["certificate"] = "AAAA";
        refused["id"] = 7;
        string[] lines = [Good, "not json", "", "[]", "{\"id\":\"x\",\"unheard\":1}", refused.ToJsonString(), "{\"at\":1}", "{\"at\":\"2026-04-01T00:00:00Z\",\"at\":\"2026-04-01T00:00:00Z\"}", Good];
        var (exit, output, errors) = Medid.Run(string.Join('\n', lines) + "\n", "ocsp", "request", "--batch");
        var answers = Medid.Lines(output);

        Assert.Equal((2, ""), (exit, errors));
        Assert.Equal(
            ["accepted", "unusable", "unusable", "unusable", "unusable", "refused", "unusable", "unusable", "accepted"], answers.Select(a => a.GetProperty("outcome").GetString()));
        Assert.Equal([null, "cli.malformed", "cli.malformed", "cli.malformed", "cli.missing_member", "pki.certificate_malformed", "cli.member_type", "cli.malformed", null],
            answers.Select(a => a.GetProperty("code").GetString()));
        Assert.Equal("x", answers[4].GetProperty("id").GetString());
        Assert.Equal(7, answers[5].GetProperty("id").GetInt32());
        Assert.False(answers[1].TryGetProperty("id", out _));
    }

    [Fact]
    public void Batch_ExitCode_IsTheWorstOfAllLines()
    {
        var refused = VerbTests.Example("ocsp request");
        refused["certificate"] = "AAAA";

        Assert.Equal(0, Medid.Run(Good, "ocsp", "request", "-", "--batch").Exit);
        Assert.Equal(0, Medid.Run("", "ocsp", "request", "--batch").Exit);
        Assert.Equal(1, Medid.Run($"{Good}\n{refused.ToJsonString()}\n{Good}", "ocsp", "request", "--batch").Exit);
        Assert.Equal(2, Medid.Run($"{Good}\n{{}}\n{refused.ToJsonString()}", "ocsp", "request", "--batch").Exit);
    }

    [Fact]
    public void Batch_BytesThatAreNotUtf8_AreUnusable()
    {
        var (exit, output, _) = Medid.Run([.. "{\"id\":\""u8, 0xFF, .. "\"}\n"u8], "ocsp", "request", "--batch");

        Assert.Equal(2, exit);
        Assert.Equal(CliCodes.Malformed, Medid.Lines(output).Single().GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("pki", "validate", "--bach")]
    [InlineData("pki", "validate", "--batch", "--batch")]
    [InlineData("pki", "validate", "one", "two")]
    [InlineData("pki", "validate", "--example", "more")]
    [InlineData("pki", "validate", "/no/such/file")]
    [InlineData("pki", "verify")]
    [InlineData("pki")]
    public void Run_WrongCall_IsExit2WithoutAnAnswer(params string[] arguments)
    {
        var (exit, output, errors) = Medid.Run("", arguments);

        Assert.Equal((2, ""), (exit, output));
        Assert.NotEmpty(errors);
    }

    [Fact]
    public async Task Run_File_IsReadInPlaceOfStandardInput()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, Good);
        var (exit, output, _) = Medid.Run("ignored", "ocsp", "request", path);
        File.Delete(path);

        Assert.Equal(0, exit);
        Assert.True(JsonElement.Parse(output).GetProperty("valid").GetBoolean());
    }

    [Theory]
    [InlineData("2026-04-01", false)]
    [InlineData("2026-04-01T00:00:00", false)]
    [InlineData("2026-04-01 00:00:00Z", false)]
    [InlineData("2026-04-01T00:00:00Z", true)]
    [InlineData("2026-04-01T00:00:00.5Z", true)]
    [InlineData("2026-04-01T09:00:00+09:00", true)]
    public void At_Time_IsOfRfc3339(string at, bool usable)
    {
        var input = VerbTests.Example("ocsp request");
        input["at"] = at;
        var answer = Medid.One("ocsp", "request", input.ToJsonString());

        Assert.Equal(usable ? "accepted" : "unusable", answer.GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("AAA=", false)]
    [InlineData("AB", false)]
    [InlineData("A A", false)]
    [InlineData("AAA", true)]
    public void Binary_Text_IsBase64UrlWithoutPadding(string nonce, bool usable)
    {
        var input = VerbTests.Example("ocsp request");
        input["nonce"] = nonce;

        Assert.Equal(usable ? "accepted" : "unusable", Medid.One("ocsp", "request", input.ToJsonString()).GetProperty("outcome").GetString());
    }

    [Fact]
    public void AlgorithmPolicy_UnknownException_IsUnusable()
    {
        var input = VerbTests.Example("ocsp request");
        input["algorithmPolicy"] = new JsonObject { ["allow"] = new JsonArray("md5") };
        Assert.Equal(CliCodes.MemberValue, Medid.One("ocsp", "request", input.ToJsonString()).GetProperty("code").GetString());
        input["algorithmPolicy"] = new JsonObject { ["rsaMinimumBits"] = 1023 };
        Assert.Equal(CliCodes.MemberValue, Medid.One("ocsp", "request", input.ToJsonString()).GetProperty("code").GetString());
        input["algorithmPolicy"] = new JsonObject { ["rsaMinimumBits"] = 1024, ["allow"] = new JsonArray("sha1", "dsa", "rs1-attestation") };
        Assert.True(Medid.One("ocsp", "request", input.ToJsonString()).GetProperty("valid").GetBoolean());
    }
}
