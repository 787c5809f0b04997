using System.Diagnostics;
using System.Formats.Cbor;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

/// <summary>
/// The reader against System.Formats.Cbor in its CTAP2 mode: what one accepts the other accepts, with the same values. Deliberate differences, none of which the peer
/// refuses less of what matters: ours has a depth limit (64 here), refuses bytes after the item (as the dump of the peer does), and reads tolerantly what the peer's
/// lax mode reads, without tags and duplicate keys.
/// </summary>
public sealed class CborDifferentialTests
{
    private const int Depth = 64;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);

    [Fact]
    public void Read_GeneratedDocuments_AreSeenAlike()
    {
        var random = new Random(20260401);
        for (var n = 0; n < 20_000; n++)
        {
            AssertSame(Generate(random, 4, n % 2 == 0), $"document {n}");
        }
    }

    [Fact]
    public void Read_MutatedDocuments_AreSeenAlike()
    {
        var clock = Stopwatch.StartNew();
        var random = new Random(20260402);
        var mutator = new SeededMutator(20260402);
        var (mutants, accepted) = (0, 0);
        while (mutants < 200_000 && clock.Elapsed < Budget)
        {
            foreach (var mutant in mutator.Mutate(Generate(random, 3, canonical: true), 40))
            {
                mutants++;
                accepted += AssertSame(mutant.Bytes, mutant.How) ? 1 : 0;
            }
        }

        // A test that saw only refusals would have shown nothing.
        Assert.True(accepted > mutants / 100, $"{accepted} of {mutants} accepted");
    }

    [Fact]
    public void Read_EveryDocumentOfTwoBytesAndThreeOfThem_IsSeenAlike()
    {
        for (var n = 0; n < 0x10000; n++)
        {
            AssertSame([(byte)(n >> 8), (byte)n], "two bytes");
            AssertSame([0xA2, (byte)(n >> 8), 0, (byte)n, 0], "a map of two keys");
        }
    }

    /// <summary>Whether the strict reader accepted; both saw the same, and the tolerant one whatever the strict one accepts.</summary>
    private static bool AssertSame(byte[] document, string how)
    {
        var ours = CborDump.Ours(document, CborRules.Ctap2Canonical, Depth, out var code);
        var peer = CborDump.Peer(document, CborConformanceMode.Ctap2Canonical);
        Assert.True(string.Equals(ours, peer, StringComparison.Ordinal), $"{how}: {Convert.ToHexString(document)}: ours {ours ?? code}, peer {peer ?? "refuses"}");

        var tolerant = CborDump.Ours(document, CborRules.Tolerant, Depth, out var tolerantCode);
        var lax = CborDump.Peer(document, CborConformanceMode.Strict);
        if (tolerant is not null)
        {
            Assert.Equal(lax, tolerant);
        }
        else if (lax is not null)
        {
            // What the peer's strict mode accepts and ours does not: keys that are no integers or strings, or too many of them.
            Assert.Contains(tolerantCode, new[] { CryptographyErrorCodes.CborMalformed, CryptographyErrorCodes.CborTooManyEntries, CryptographyErrorCodes.CborDuplicateKey });
        }

        return ours is not null;
    }

    private static byte[] Generate(Random random, int depth, bool canonical)
    {
        var writer = new CborWriter(canonical ? CborConformanceMode.Ctap2Canonical : CborConformanceMode.Strict, convertIndefiniteLengthEncodings: canonical);
        Write(writer, random, depth, indefinite: !canonical);
        return writer.Encode();
    }

    private static void Write(CborWriter writer, Random random, int depth, bool indefinite)
    {
        switch (random.Next(depth > 0 ? 12 : 8))
        {
            case 0: writer.WriteInt64(random.Next(-30, 300)); break;
            case 1: writer.WriteUInt64((ulong)random.NextInt64(long.MinValue, long.MaxValue)); break;
            case 2: writer.WriteCborNegativeIntegerRepresentation((ulong)random.NextInt64(long.MinValue, long.MaxValue)); break;
            case 3: writer.WriteByteString(Bytes(random, 40)); break;
            case 4: writer.WriteTextString(Text(random)); break;
            case 5: writer.WriteBoolean(random.Next(2) == 0); break;
            case 6: writer.WriteDouble(random.NextDouble()); break;
            case 7: writer.WriteSimpleValue((CborSimpleValue)(random.Next(2) == 0 ? random.Next(0, 20) : random.Next(32, 256))); break;
            case 8 or 9:
                var items = random.Next(6);
                writer.WriteStartArray(indefinite && random.Next(2) == 0 ? null : items);
                for (var i = 0; i < items; i++)
                {
                    Write(writer, random, depth - 1, indefinite);
                }

                writer.WriteEndArray();
                break;
            default:
                var keys = Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(3) == 0 ? Text(random) : (object)(long)random.Next(-300, 300)).Distinct().ToList();
                writer.WriteStartMap(indefinite && random.Next(2) == 0 ? null : keys.Count);
                foreach (var key in keys)
                {
                    if (key is long number)
                    {
                        writer.WriteInt64(number);
                    }
                    else
                    {
                        writer.WriteTextString((string)key);
                    }

                    Write(writer, random, depth - 1, indefinite);
                }

                writer.WriteEndMap();
                break;
        }
    }

    private static byte[] Bytes(Random random, int max)
    {
        var bytes = new byte[random.Next(max)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Text(Random random) => new([.. Enumerable.Range(0, random.Next(30)).Select(_ => "abcäß漢字 "[random.Next(8)])]);
}
