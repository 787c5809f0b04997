using System.Buffers.Binary;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>A CRL of 200,000 entries: read whole, its signature verified, then asked.</summary>
/// <remarks>Two lists instead of 1,024: each has seven megabytes, more than the processor's caches, so that no second reading is helped by the first.</remarks>
[Inputs(4)]
public class CrlBenchmarks : IChecked
{
    private const int Entries = 200_000;
    private const int Lists = 2;
    private const int Lookups = 1000;

    private readonly Rotation _turn = new();
    private byte[][] _lists = null!;
    private CertificateRevocationList _read = null!;
    private Certificate _issuer = null!;
    private Certificate _target = null!;
    private byte[][] _asked = null!;
    private ulong[] _sorted = null!;
    private DateTimeOffset _at;

    [GlobalSetup]
    public void Setup()
    {
        var authority = TestAuthority.CreateRoot(TestName.Common("LAB root"));
        _at = authority.Options.Now;
        _lists = [.. Enumerable.Range(0, Lists).Select(list => authority.CreateCrl(builder => Fill(builder, list)))];
        _issuer = Right.Accepted(Certificate.Parse(authority.Certificate.Der));
        _target = Right.Accepted(Certificate.Parse(authority.Issue(TestName.Common("LAB target")).Der));
        _read = Right.Accepted(CertificateRevocationList.Parse(_lists[0]));
        _asked = [.. Enumerable.Range(0, Lookups).Select(index => SerialNumber(index % 2 == 0 ? index * 199 : Entries + index))];
        _sorted = [.. Enumerable.Range(0, Entries).Select(index => BinaryPrimitives.ReadUInt64BigEndian(SerialNumber(index))).Order()];
    }

    [BenchmarkCategory("reading")]
    [Benchmark(Baseline = true, Description = "bare SHA-256 of the list")]
    public byte[] Hash() => SHA256.HashData(_lists[_turn.Next() % Lists]);

    [BenchmarkCategory("reading")]
    [Benchmark(Description = "list of 200,000 entries, read and verified")]
    public CrlDecision Check()
    {
        var list = Right.Accepted(CertificateRevocationList.Parse(_lists[_turn.Next() % Lists]));
        var decision = Ask(list);
        return decision is { IsAccepted: true, Status: RevocationStatus.Good } ? decision : throw new InvalidOperationException($"Refused with {decision.Error?.Code}.");
    }

    [BenchmarkCategory("lookup")]
    [Benchmark(Baseline = true, Description = "bare binary searches, 1,000 of them")]
    public int Search()
    {
        var found = 0;
        foreach (var serialNumber in _asked)
        {
            found += Array.BinarySearch(_sorted, BinaryPrimitives.ReadUInt64BigEndian(serialNumber)) >= 0 ? 1 : 0;
        }

        return found;
    }

    [BenchmarkCategory("lookup")]
    [Benchmark(Description = "lookups, 1,000 of them")]
    public int Find()
    {
        var found = 0;
        foreach (var serialNumber in _asked)
        {
            found += _read.TryFind(serialNumber, out _) ? 1 : 0;
        }

        return found;
    }

    /// <inheritdoc/>
    public Task CheckAsync()
    {
        Right.Is(_read.Count == Entries, "every entry is there");
        Right.Is(Find() == Lookups / 2 && Search() == Lookups / 2, "every second one is found");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Find();
        Right.Is(GC.GetAllocatedBytesForCurrentThread() == before, "a lookup allocates nothing");
        Right.Is(_read.IndexBytes <= 8L * Entries, "the index has at most eight bytes an entry");
        var changed = (byte[])_lists[0].Clone();
        changed[^1] ^= 1;
        var decision = Ask(Right.Accepted(CertificateRevocationList.Parse(changed)));
        Right.Is(decision.Error?.Code == PkiErrorCodes.CrlSignature, "a changed signature is refused");
        return Task.CompletedTask;
    }

    private CrlDecision Ask(CertificateRevocationList list) =>
        CrlChecker.Check(_target, [list], [_issuer], anchors: null, new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.Leaf }, _at);

    private static void Fill(TestCrlBuilder builder, int list)
    {
        for (var index = 0; index < Entries; index++)
        {
            builder.Revoke(SerialNumber(index), builder.ThisUpdate.AddMinutes(-1 - (index % 100_000)), reason: (index + list) % 3 == 0 ? 4 : null);
        }
    }

    // Scattered, positive, eight octets.
    private static byte[] SerialNumber(int index)
    {
        var serialNumber = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(serialNumber, (((ulong)index * 0x9E3779B97F4A7C15UL) >> 2) | 0x4000000000000000UL);
        return serialNumber;
    }
}
