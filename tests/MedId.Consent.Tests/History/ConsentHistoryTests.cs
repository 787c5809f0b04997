using System.Text;
using MedId.Core;
using MedId.Testing;
using static MedId.Consent.Tests.HistoryScene;

namespace MedId.Consent.Tests;

public sealed class ConsentHistoryTests
{
    [Fact]
    public void Verify_WholeHistory_IsProvenUpToTheReceipt()
    {
        var report = Verify(Entries, Receipt);

        Assert.Equal((VerificationOutcome.Accepted, null), (report.Outcome, report.Error?.Code));
        Assert.Equal((5, Now), (report.Proven, report.ProvenAt));
        Assert.Equal([("one", ConsentState.Withdrawn), ("two", ConsentState.Given)], report.States.Select(s => (s.Key, s.Value)));
    }

    // The patient's copy and the receipt travel as text, and are verified later by somebody who has nothing else.
    [Fact]
    public void Verify_FromText_IsTheSame()
    {
        var entries = ConsentHistory.Parse(ConsentHistory.Write(Entries)).Value!;
        var receipt = HistoryReceipt.Parse(Receipt.ToBytes()).Value!;

        Assert.Equal(Entries, entries);
        Assert.Equal(VerificationOutcome.Accepted, ConsentHistory.Verify(entries, receipt, Policy, Evidence, Now.AddYears(1)).Outcome);
    }

    [Fact]
    public void ToBytes_Entry_IsThisText()
    {
        var entry = new HistoryHead("h", 1, Digest("x"), null).Append(new("c", ConsentEventKind.Given, new(2026, 4, 1, 9, 0, 0, 1, TimeSpan.FromHours(9)), ContentDigest: null)).Value!;

        Assert.Equal(
            $$"""{"at":"2026-04-01T00:00:00.001000Z","by":null,"consent":"c","content":null,"event":"given","history":"h","previous":"{{Digest("x")}}","sequence":2,"type":"medid-consent-history/1"}""",
            Encoding.UTF8.GetString(entry.ToBytes()));
        Assert.Equal(Digest(Encoding.UTF8.GetString(entry.ToBytes())), entry.Digest);
    }

    // Who owns the store and rewrites an entry without touching the others: the next link shows it.
    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 5)]
    [InlineData(5, 7)]
    public void Verify_RewrittenEntry_IsSeenAtItsSuccessor(int index, long at)
    {
        var entries = Entries.ToList();
        entries[index] = entries[index] with { Event = entries[index].Event with { ContentDigest = Digest("something else") } };

        AssertRefused(ConsentErrorCodes.HistoryRewritten, at, Verify(entries, Receipt));
    }

    // ... and who then links all the rest anew ends in another head than the patient's.
    [Fact]
    public void Verify_RewrittenAndLinkedAnew_IsAForkToTheReceipt()
    {
        var forged = Relinked(Entries.Select((e, i) => i == 2 ? e.Event with { By = "rp-2" } : e.Event));

        Assert.Equal(VerificationOutcome.Undetermined, Verify(forged, null).Outcome);
        AssertRefused(ConsentErrorCodes.HistoryForked, 5, Verify(forged, Receipt));
        Assert.True(Receipt.Head.ConflictsWith(ConsentHistory.HeadAfter(forged[4])));
    }

    [Fact]
    public void Verify_ReadDroppedAndLinkedAnew_IsAForkToTheReceipt() =>
        AssertRefused(ConsentErrorCodes.HistoryForked, 5, Verify(Relinked(Entries.Where((_, i) => i != 2).Select(e => e.Event)), Receipt));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    [InlineData(4, 5)]
    public void Verify_DroppedEntry_IsAGap(int index, long at) => AssertRefused(ConsentErrorCodes.HistoryOrder, at, Verify([.. Entries.Where((_, i) => i != index)], Receipt));

    [Fact]
    public void Verify_SwappedEntries_AreOutOfOrder() => AssertRefused(ConsentErrorCodes.HistoryOrder, 3, Verify([Entries[0], Entries[1], Entries[3], Entries[2], .. Entries.Skip(4)], Receipt));

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    [InlineData(0)]
    public void Verify_Truncated_IsShorterThanTheReceipt(int length) => AssertRefused(ConsentErrorCodes.HistoryTruncated, length + 1, Verify([.. Entries.Take(length)], Receipt));

    [Fact]
    public void Verify_TruncatedAfterTheReceipt_IsNotSeen_AndSoProvenSaysHowFar() => Assert.Equal(5, Verify([.. Entries.Take(5)], Receipt).Proven);

    [Fact]
    public void Verify_AnotherHistory_IsForeign()
    {
        var other = Relinked(Entries.Select(e => e.Event), ConsentHistory.Start());

        AssertRefused(ConsentErrorCodes.HistoryForeign, 1, Verify(other, Receipt));
        AssertRefused(ConsentErrorCodes.HistoryForeign, 6, Verify([.. Entries.Take(5), other[5]], Receipt));
    }

    [Fact]
    public void Verify_EventThatCannotHappen_IsRefused() =>
        AssertRefused(ConsentErrorCodes.LifeCycle, 3, Verify(Build(ConsentHistory.Start(), ("one", ConsentEventKind.Asked), ("one", ConsentEventKind.Refused), ("one", ConsentEventKind.Read)), null));

    [Fact]
    public void Verify_EntryDatedBeforeTheOneInFront_IsRefused()
    {
        var entries = Build(ConsentHistory.Start(), ("one", ConsentEventKind.Asked), ("one", ConsentEventKind.Given)).ToList();
        entries[1] = entries[1] with { Event = entries[1].Event with { At = entries[0].Event.At.AddTicks(-10) } };

        AssertRefused(ConsentErrorCodes.HistoryTime, 2, Verify(entries, null));
    }

    [Fact]
    public void Verify_EntryDatedAfterItsStamp_IsRefused()
    {
        var head = ConsentHistory.HeadAfter(Entries[4]);
        var late = head.Append(new("two", ConsentEventKind.Given, Now.AddMinutes(5))).Value!;
        var receipt = Stamp(ConsentHistory.HeadAfter(late));

        AssertRefused(ConsentErrorCodes.HistoryTime, 6, Verify([.. Entries.Take(5), late], receipt));
    }

    [Theory]
    [InlineData(TimestampFault.OtherImprint)]
    [InlineData(TimestampFault.TamperedSignature)]
    [InlineData(TimestampFault.OtherPolicy)]
    public void Verify_TimestampThatProvesNothing_IsRefused(TimestampFault fault)
    {
        var report = Verify(Entries, Stamp(Receipt.Head, fault));

        Assert.Equal((VerificationOutcome.Refused, ConsentErrorCodes.HistoryTimestamp), (report.Outcome, report.Error?.Code));
    }

    [Fact]
    public void Verify_ReceiptOfAnotherHead_IsRefused() =>
        Assert.Equal(ConsentErrorCodes.HistoryTimestamp, Verify(Entries, Receipt with { Head = ConsentHistory.HeadAfter(Entries[3]) }).Error?.Code);

    [Fact]
    public void Verify_NobodysTimestamps_IsUndetermined() =>
        Assert.Equal(VerificationOutcome.Undetermined, ConsentHistory.Verify(Entries, Receipt, null, Evidence, Now).Outcome);

    [Fact]
    public void ConflictsWith_HeadsOfOneHistory_OnlyWhereTheyCannotBothBe()
    {
        var head = Receipt.Head;

        Assert.False(head.ConflictsWith(head));
        Assert.False(head.ConflictsWith(ConsentHistory.HeadAfter(Entries[5])));
        Assert.False(head.ConflictsWith(head with { HistoryId = "other", Digest = Digest("other") }));
        Assert.True(head.ConflictsWith(head with { Digest = Digest("other") }));
    }

    [Fact]
    public void Append_EventBeforeTheLastOne_IsRefused()
    {
        var head = ConsentHistory.HeadAfter(Entries[4]);

        Assert.Equal(ConsentErrorCodes.HistoryTime, head.Append(new("two", ConsentEventKind.Given, Entries[4].Event.At.AddTicks(-10))).Error?.Code);
        Assert.True(head.Append(new("two", ConsentEventKind.Given, Entries[4].Event.At)).Succeeded);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("a\nb", null)]
    [InlineData("a\ud800", null)]
    [InlineData("one", "not a digest")]
    public void Append_WhatAHistoryCannotHold_IsRefused(string consent, string? content) =>
        Assert.Equal(ConsentErrorCodes.HistoryMalformed, ConsentHistory.Start().Append(new(consent, ConsentEventKind.Asked, Now, null, content)).Error?.Code);

    [Fact]
    public void RequestTimestamp_EmptyHistory_Throws() => Assert.Throws<ArgumentException>(() => ConsentHistory.RequestTimestamp(ConsentHistory.Start()));

    private static List<HistoryEntry> Relinked(IEnumerable<HistoryEvent> events, HistoryHead? start = null)
    {
        var head = start ?? new HistoryHead(Entries[0].HistoryId, 0, null, null);
        var entries = new List<HistoryEntry>();
        foreach (var happened in events)
        {
            entries.Add(head.Append(happened).Value!);
            head = ConsentHistory.HeadAfter(entries[^1]);
        }

        return entries;
    }

    private static void AssertRefused(string code, long at, HistoryReport report) =>
        Assert.Equal((VerificationOutcome.Refused, code, at), (report.Outcome, report.Error?.Code, report.At));
}
