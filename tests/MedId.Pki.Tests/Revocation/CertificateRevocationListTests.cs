using System.Diagnostics;
using System.Security.Cryptography;
using MedId.Testing;

namespace MedId.Pki.Tests;

/// <summary>Reading CRLs: strict, bounded, large.</summary>
public sealed class CertificateRevocationListTests
{
    private static readonly TestAuthority Authority = TestAuthority.CreateRoot(TestName.Common("LAB CA"));
    private static readonly DateTimeOffset Now = RevocationWorld.Now;

    [Fact]
    public void Parse_Fields_AreThoseOfTheList()
    {
        var crl = RevocationWorld.Crl(Authority.CreateCrl(builder => builder.With(TestCrlExtensions.Number(77)).Revoke([0x05], Now.AddDays(-2), 4)));

        Assert.Equal((Now.AddHours(-1), Now.AddDays(1), 77, 1), (crl.ThisUpdate, crl.NextUpdate, crl.Number, crl.Count));
        Assert.False(crl.IsDelta);
        Assert.Null(crl.IssuingDistributionPoint);
        Assert.Equal(Authority.Key.Identifier, crl.AuthorityKeyIdentifier?.KeyIdentifier?.ToArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(crl.RawData.Span)), crl.Sha256);
        Assert.True(crl.TryFind([0x05], out var entry));
        Assert.Equal(new CrlEntry(Now.AddDays(-2), CrlReason.Superseded, null), entry);
    }

    [Theory]
    [InlineData("05")]
    [InlineData("FF")]
    [InlineData("80")]
    [InlineData("00FF")]
    [InlineData("FF00000000000000")]
    [InlineData("7F0102030405060708090A0B0C0D0E0F101112131415161718")]
    public void TryFind_SerialOfAnySignAndLength_IsExact(string hex)
    {
        var serial = Convert.FromHexString(hex);
        var crl = RevocationWorld.Crl(Authority.CreateCrl(builder => builder.Revoke(serial, Now, 1).Revoke([0x01], Now, 1)));

        Assert.True(crl.TryFind(serial, out _));
        Assert.False(crl.TryFind([0x00, .. serial], out _));
        Assert.False(crl.TryFind([.. serial, 0x00], out _));
        Assert.False(crl.TryFind(serial.AsSpan()[1..], out _));
    }

    [Theory]
    [InlineData(CrlReason.Superseded, CrlReason.KeyCompromise, CrlReason.KeyCompromise)]
    [InlineData(CrlReason.KeyCompromise, CrlReason.Superseded, CrlReason.KeyCompromise)]
    [InlineData(CrlReason.CertificateHold, CrlReason.Superseded, CrlReason.Superseded)]
    [InlineData(CrlReason.RemoveFromCrl, CrlReason.CertificateHold, CrlReason.CertificateHold)]
    public void TryFind_TwoEntriesForOneCertificate_GivesTheGraver(CrlReason first, CrlReason second, CrlReason expected)
    {
        var crl = RevocationWorld.Crl(Authority.CreateCrl(builder => builder.Revoke([0x09], Now, (int)first).Revoke([0x09], Now, (int)second)));

        Assert.True(crl.TryFind([0x09], out var entry));
        Assert.Equal(expected, entry.Reason);
    }

    [Theory]
    [InlineData("230229120000Z")]
    [InlineData("231301120000Z")]
    [InlineData("230101240000Z")]
    [InlineData("230101126000Z")]
    [InlineData("230101120060Z")]
    [InlineData("2301011200Z")]
    [InlineData("230101120000+")]
    [InlineData("23 101120000Z")]
    [InlineData("23010112000:Z")]
    public void Parse_EntryWithoutATimeOfTheCalendar_IsMalformed(string time) =>
        Assert.Equal(PkiErrorCodes.CrlMalformed, CertificateRevocationList.Parse(WithEntryTime(time)).Error?.Code);

    [Theory]
    [InlineData("240229235959Z", "2024-02-29T23:59:59Z")]
    [InlineData("491231235959Z", "2049-12-31T23:59:59Z")]
    [InlineData("500101000000Z", "1950-01-01T00:00:00Z")]
    public void Parse_EntryTime_IsThatOfTheProfile(string time, string expected)
    {
        Assert.True(RevocationWorld.Crl(WithEntryTime(time)).TryFind([0x05], out var entry));
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), entry.RevokedAt);
    }

    [Theory]
    [InlineData(CrlFault.Garbage)]
    [InlineData(CrlFault.CutOff)]
    [InlineData(CrlFault.TrailingBytes)]
    [InlineData(CrlFault.AlgorithmsDiffer)]
    [InlineData(CrlFault.EmptyList)]
    [InlineData(CrlFault.ExtensionsInVersion1)]
    [InlineData(CrlFault.DuplicateExtension)]
    [InlineData(CrlFault.NoNextUpdate)]
    [InlineData(CrlFault.ReasonUnused)]
    public void Parse_ListOutOfTheProfile_IsMalformed(CrlFault fault) =>
        Assert.Equal(PkiErrorCodes.CrlMalformed, CertificateRevocationList.Parse(Authority.CreateCrl(fault)).Error?.Code);

    [Fact]
    public void Parse_LimitsOfBytesAndEntries_AreExact()
    {
        var der = Authority.CreateCrl(builder => builder.Revoke([0x05], Now, 1).Revoke([0x06], Now, 1));
        var exact = new CrlLimits { MaxBytes = der.Length, MaxEntries = 2 };

        Assert.True(CertificateRevocationList.Parse(der, exact).Succeeded);
        Assert.Equal(PkiErrorCodes.CrlTooLarge, CertificateRevocationList.Parse(der, exact with { MaxBytes = der.Length - 1 }).Error?.Code);
        Assert.Equal(PkiErrorCodes.CrlTooLarge, CertificateRevocationList.Parse(der, exact with { MaxEntries = 1 }).Error?.Code);
    }

    [Fact]
    public void Parse_CertificateIssuers_AreBounded()
    {
        var der = Authority.CreateCrl(builder => builder.Within(new() { Indirect = true })
            .Revoke([0x05], Now, 1, TestCrlExtensions.CertificateIssuer(TestName.Common("LAB a"))).Revoke([0x06], Now, 1, TestCrlExtensions.CertificateIssuer(TestName.Common("LAB b"))));

        Assert.True(CertificateRevocationList.Parse(der, new() { MaxCertificateIssuers = 2 }).Succeeded);
        Assert.Equal(PkiErrorCodes.CrlTooLarge, CertificateRevocationList.Parse(der, new() { MaxCertificateIssuers = 1 }).Error?.Code);
    }

    [Fact]
    public void Parse_CertificateIssuerOnADirectList_IsMalformed()
    {
        var der = Authority.CreateCrl(builder => builder.Revoke([0x05], Now, 1, TestCrlExtensions.CertificateIssuer(TestName.Common("LAB a"))));
        Assert.Equal(PkiErrorCodes.CrlMalformed, CertificateRevocationList.Parse(der).Error?.Code);
    }

    [Fact]
    public void TryFind_InLargeList_FindsEveryEntryWithoutAllocation()
    {
        const int Count = 20_000;
        var crl = RevocationWorld.Crl(LargeList(Count, out var serials));
        Assert.True(crl.TryFind(serials[0], out _));

        // The runtime itself may allocate on a thread once while it makes a method faster; what the lookup allocates it allocates in every round.
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var found = 0;
            foreach (var serial in serials)
            {
                found += crl.TryFind(serial, out _) ? 1 : 0;
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal((Count, Count), (found, crl.Count));
        }

        Assert.Equal(0, least);
        Assert.InRange((double)crl.IndexBytes / Count, 4, 5.5);
    }

    [Fact]
    public void Parse_LargeList_HoldsOneIndexAndNoEntries()
    {
        const int Count = 20_000;
        var der = LargeList(Count, out _);
        CertificateRevocationList.Parse(der);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var crl = CertificateRevocationList.Parse(der);

        // The index, and a few kilobytes for the head.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, crl.Value!.IndexBytes, crl.Value.IndexBytes + 16_384);
    }

    [Fact]
    public void Parse_LargeList_IsDoneInTime()
    {
        // Two hundred thousand entries; the benchmarks measure, this catches what is quadratic.
        var der = LargeList(200_000, out _);
        var watch = Stopwatch.StartNew();
        Assert.True(CertificateRevocationList.Parse(der).Succeeded);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    private static byte[] LargeList(int count, out byte[][] serials)
    {
        var numbers = Enumerable.Range(0, count).Select(i => SHA256.HashData(BitConverter.GetBytes(i))[..16]).Select(s => (byte[])[0x40, .. s]).ToArray();
        serials = numbers;
        var entries = new List<byte>(count * 48);
        foreach (var serial in numbers)
        {
            entries.AddRange([0x30, (byte)(serial.Length + 2 + 15 + 14), 0x02, (byte)serial.Length, .. serial, 0x17, 13, .. "260101000000Z"u8, 0x30, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01, 0x04]);
        }

        var list = TestDer.Sequence([.. entries]);
        return Authority.CreateCrl(builder => builder.Replace(TestCrlField.RevokedCertificates, list));
    }

    private static byte[] WithEntryTime(string time)
    {
        byte[] entry = [0x02, 0x01, 0x05, 0x17, (byte)time.Length, .. System.Text.Encoding.ASCII.GetBytes(time)];
        return Authority.CreateCrl(builder => builder.Replace(TestCrlField.RevokedCertificates, TestDer.Sequence(TestDer.Sequence(entry))));
    }
}
