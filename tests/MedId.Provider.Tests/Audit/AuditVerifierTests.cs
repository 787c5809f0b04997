using MedId.Core;
using static MedId.Provider.Tests.Audit.TrailScene;

namespace MedId.Provider.Tests.Audit;

/// <summary>A past that was changed is found, and where.</summary>
public sealed class AuditVerifierTests
{
    [Fact]
    public void Verify_Untouched_IsWholeUpToItsHead()
    {
        var report = AuditVerifier.Verify(AuditHead.Empty(Tenant), Stored(Entries), Head);

        Assert.True(report.IsWhole);
        Assert.Equal(Head, report.Head);
    }

    [Fact]
    public void Verify_PieceByPiece_IsTheSameAsAtOnce()
    {
        var first = AuditVerifier.Verify(AuditHead.Empty(Tenant), Stored(Entries.Take(2)));
        var rest = AuditVerifier.Verify(first.Head, Stored(Entries.Skip(2)), Head);

        Assert.True(first.IsWhole && rest.IsWhole);
        Assert.Equal(Head, rest.Head);
        Broken(AuditVerifier.Verify(first.Head, Stored(Entries.Skip(3)), Head), ProviderErrorCodes.AuditOrder, 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void Verify_RewrittenEntry_IsNamed(long place)
    {
        var stored = Stored(Entries);
        stored[(int)place - 1] = new(place, (Entries[(int)place - 1] with { Line = Entries[(int)place - 1].Line with { Outcome = AuditOutcome.Failed } }).ToBytes());

        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), stored), ProviderErrorCodes.AuditRewritten, place);
    }

    [Fact]
    public void Verify_RewrittenLast_IsFoundFromTheKeptHeadOnly()
    {
        var stored = Stored(Entries);
        stored[5] = new(6, (Entries[5] with { Line = Line(3) }).ToBytes());

        Assert.True(AuditVerifier.Verify(AuditHead.Empty(Tenant), stored).IsWhole);
        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), stored, Head), ProviderErrorCodes.AuditForked, 6);
    }

    [Fact]
    public void Verify_DroppedReorderedOrPutIn_IsFoundAtItsPlace()
    {
        var stored = Stored(Entries);
        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), [.. stored.Where(entry => entry.Sequence != 3)]), ProviderErrorCodes.AuditOrder, 3);
        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), [stored[0], stored[2], stored[1], .. stored[3..]]), ProviderErrorCodes.AuditOrder, 2);
        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), [stored[0], new(2, stored[2].Bytes), new(3, stored[1].Bytes), .. stored[3..]]), ProviderErrorCodes.AuditOrder, 2);
        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), [.. stored[..2], stored[1], .. stored[2..]]), ProviderErrorCodes.AuditOrder, 3);
        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), [.. stored.Skip(1)]), ProviderErrorCodes.AuditOrder, 1);
    }

    [Fact]
    public void Verify_CutOff_IsFoundFromTheKeptHead()
    {
        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), Stored(Entries.Take(4)), Head), ProviderErrorCodes.AuditTruncated, 5);
        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), [], Head), ProviderErrorCodes.AuditTruncated, 1);
    }

    [Fact]
    public void Verify_MadeAnew_IsFoundFromTheKeptHead()
    {
        var anew = Build(AuditHead.Empty(Tenant), [.. Entries.Select(entry => entry.Line with { Reason = "another" })]);

        Assert.True(AuditVerifier.Verify(AuditHead.Empty(Tenant), Stored(anew)).IsWhole);
        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), Stored(anew), Head), ProviderErrorCodes.AuditForked, 6);
        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), Stored([.. anew, AuditHead.After(anew[^1]).Append(Line(0))]), Head), ProviderErrorCodes.AuditForked, 6);
        Broken(AuditVerifier.Verify(AuditHead.After(anew[^1]), [], Head), ProviderErrorCodes.AuditForked, 6);
    }

    [Fact]
    public void Verify_AnotherTenant_IsForeign()
    {
        var other = Build(AuditHead.Empty(new("clinic-b")), Line(0));

        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), Stored(other)), ProviderErrorCodes.AuditForeign, 1);
        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), [], AuditHead.After(other[0])), ProviderErrorCodes.AuditForeign, null);
    }

    [Fact]
    public void Verify_WhatNobodyCanRead_IsNamed()
    {
        var stored = Stored(Entries);
        stored[1] = new(2, default);

        Broken(AuditVerifier.Verify(AuditHead.Empty(Tenant), stored), ProviderErrorCodes.AuditMalformed, 2);
    }

    [Fact]
    public void Parse_SeededMutants_AreRefusedOrSayTheSame()
    {
        var original = Entries[2].ToBytes();
        var random = new Random(20261122);
        for (var i = 0; i < 20_000; i++)
        {
            var mutant = original.ToArray().ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(mutant.Count);
                switch (random.Next(3))
                {
                    case 0:
                        mutant[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        mutant.RemoveAt(at);
                        break;
                    default:
                        mutant.Insert(at, (byte)random.Next(256));
                        break;
                }
            }

            var parsed = AuditEntry.Parse(mutant.ToArray());
            Assert.True(!parsed.Succeeded ? parsed.Error.Code == ProviderErrorCodes.AuditMalformed : parsed.Value.ToBytes().AsSpan().SequenceEqual(mutant.ToArray()));
        }
    }

    [Fact]
    public void ToBytes_Entry_IsTheCanonicalFormAndRoundTrips()
    {
        var entry = AuditHead.Empty(Tenant).Append(Whole(AuditEventKind.DeviceChanged) with { At = Now.AddTicks(12_345_678), Scopes = ["b", "a 合成"] });
        var bytes = entry.ToBytes();

        Assert.StartsWith("""{"agents":[{"id":"id-Client","kind":"client"},""", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Contains("\"at\":\"2026-11-21T09:00:01.234567Z\"", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.EndsWith("\"scopes\":[\"b\",\"a 合成\"],\"sequence\":1,\"subject\":\"account-a\",\"tenant\":\"clinic-a\",\"type\":\"medid-audit/1\"}", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        var read = AuditEntry.Parse(bytes);
        Assert.Null(read.Error);
        Assert.Equal(bytes, read.Value!.ToBytes());
        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(bytes)), entry.Digest);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"agents":[],"at":"2026-11-21T09:00:00.000000Z","event":"no-such","outcome":"success","scopes":[],"sequence":1,"tenant":"clinic-a","type":"medid-audit/1"}""")]
    [InlineData("""{"agents":[],"at":"2026-11-21T09:00:00.000000Z","event":"desk-act","outcome":"success","scopes":[],"sequence":0,"tenant":"clinic-a","type":"medid-audit/1"}""")]
    [InlineData("""{"agents":[],"at":"2026-11-21T09:00:00.000000Z","event":"desk-act","outcome":"success","scopes":[],"sequence":2,"tenant":"clinic-a","type":"medid-audit/1"}""")]
    [InlineData("""{"agents": [],"at":"2026-11-21T09:00:00.000000Z","event":"desk-act","outcome":"success","scopes":[],"sequence":1,"tenant":"clinic-a","type":"medid-audit/1"}""")]
    [InlineData("""{"agents":[],"at":"2026-11-21T09:00:00.000000Z","event":"desk-act","more":1,"outcome":"success","scopes":[],"sequence":1,"tenant":"clinic-a","type":"medid-audit/1"}""")]
    public void Parse_NoEntry_IsRefused(string json) =>
        Assert.Equal(ProviderErrorCodes.AuditMalformed, AuditEntry.Parse(System.Text.Encoding.UTF8.GetBytes(json)).Error?.Code);

    [Fact]
    public void Parse_TheSmallestEntry_IsRead() => Assert.Null(AuditEntry.Parse(
        """{"agents":[],"at":"2026-11-21T09:00:00.000000Z","event":"desk-act","outcome":"success","scopes":[],"sequence":1,"tenant":"clinic-a","type":"medid-audit/1"}"""u8.ToArray()).Error);

    private static void Broken(AuditReport report, string code, long? at) => Assert.Equal((code, at), (report.Error?.Code, report.At));
}
