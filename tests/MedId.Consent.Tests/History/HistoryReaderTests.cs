using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.TestSupport;
using static MedId.Consent.Tests.HistoryScene;

namespace MedId.Consent.Tests;

public sealed class HistoryReaderTests
{
    private static readonly byte[] Chain = ConsentHistory.Write(Entries);

    // A line that reads is a line that could have been written; what it says is for the links and the receipt to judge.
    [Fact]
    public void Parse_Mutants_AreRefusedOrShownByTheReceipt()
    {
        var read = 0;
        foreach (var mutant in new SeededMutator(20).Mutate(Chain, 4000))
        {
            var entries = ConsentHistory.Parse(mutant.Bytes);
            if (!entries.Succeeded)
            {
                Assert.Equal(ConsentErrorCodes.HistoryMalformed, entries.Error.Code);
                continue;
            }

            read++;
            Assert.Equal(mutant.Bytes, ConsentHistory.Write(entries.Value));
            var report = Verify(entries.Value, Receipt);
            Assert.True(report.Outcome != VerificationOutcome.Accepted || entries.Value.Take(5).SequenceEqual(Entries.Take(5)), mutant.How);
        }

        Assert.True(read > 100, "no mutant reads, so nothing was tried");
    }

    // Entries are written in their canonical form without being read again: the order of the members is that of the source.
    [Theory]
    [InlineData("rp-1")]
    [InlineData("診療所 𠮷野家")]
    [InlineData("\"quoted\" \\ + < & '")]
    public void ToBytes_AnyText_IsTheCanonicalForm(string by)
    {
        foreach (var kind in Enum.GetValues<ConsentEventKind>())
        {
            var entry = Entries[1] with { Event = Entries[1].Event with { Kind = kind, By = by } };
            var head = ConsentHistory.HeadAfter(entry);

            Assert.Equal(Canonical(entry.ToBytes()), entry.ToBytes());
            Assert.Equal(Canonical(head.ToBytes()), head.ToBytes());
        }

        Assert.Equal(Canonical(Receipt.ToBytes()), Receipt.ToBytes());
        static byte[] Canonical(byte[] json) => JsonCanonicalizer.Canonicalize(JsonElement.Parse(json)).Value!;
    }

    // Inside what the receipt proves every change shows, down to each bit.
    [Fact]
    public void Verify_EveryBitOfTheProvenPart_Counts()
    {
        var proven = ConsentHistory.Write(Entries.Take(5));
        foreach (var mutant in SeededMutator.EveryBitFlip(proven))
        {
            var entries = ConsentHistory.Parse(mutant.Bytes);
            Assert.True(!entries.Succeeded || Verify(entries.Value, Receipt).Outcome == VerificationOutcome.Refused, mutant.How);
        }
    }

    [Fact]
    public void Parse_Truncations_AreWholeLinesOrRefused()
    {
        foreach (var mutant in SeededMutator.EveryTruncation(Chain))
        {
            Assert.Equal(mutant.Bytes.Length == 0 || mutant.Bytes[^1] == '\n', ConsentHistory.Parse(mutant.Bytes).Succeeded);
        }
    }

    [Fact]
    public void ReceiptParse_Mutants_AreRefusedOrSayTheSame()
    {
        var text = Receipt.ToBytes();
        foreach (var mutant in new SeededMutator(21).Mutate(text, 3000))
        {
            var receipt = HistoryReceipt.Parse(mutant.Bytes);
            Assert.True(receipt.Succeeded || receipt.Error.Code == ConsentErrorCodes.HistoryMalformed);
            if (receipt.Succeeded)
            {
                Assert.Equal(mutant.Bytes, receipt.Value.ToBytes());
                Assert.True(receipt.Value.Head == Receipt.Head || Verify(Entries, receipt.Value).Outcome != VerificationOutcome.Accepted, mutant.How);
            }
        }
    }

    [Theory]
    [InlineData("\"by\":null,", "")]
    [InlineData("\"by\":null", "\"by\": null")]
    [InlineData("\"by\":null", "\"by\":null,\"also\":1")]
    [InlineData("asked", "renewed")]
    [InlineData(".000000Z", "Z")]
    [InlineData("\"sequence\":1", "\"sequence\":0")]
    [InlineData("\"sequence\":1", "\"sequence\":1.0")]
    [InlineData("history/1", "history/2")]
    [InlineData("one", "\\u006fne")]
    public void Parse_OneFault_IsRefused(string from, string to)
    {
        var line = Encoding.UTF8.GetString(ConsentHistory.Write(Entries.Take(1)));
        Assert.True(ConsentHistory.Parse(Encoding.UTF8.GetBytes(line)).Succeeded);

        var read = ConsentHistory.Parse(Encoding.UTF8.GetBytes(line.Replace(from, to, StringComparison.Ordinal)));

        Assert.NotEqual(line, line.Replace(from, to, StringComparison.Ordinal));
        Assert.Equal(ConsentErrorCodes.HistoryMalformed, read.Error?.Code);
    }
}
