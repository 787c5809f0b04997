using System.Text;
using MedId.Storage.TestSupport;
using MedId.Testing;

namespace MedId.Storage.Sqlite.Tests;

public sealed class PersonalDataTests
{
    private readonly PersonalMarks _marks = new();

    [Fact]
    public async Task Files_AfterEveryVerb_HoldNoPersonalValueInAnyForm()
    {
        using var database = new TemporaryDatabase();
        var store = database.Open();
        await _marks.WriteEverywhereAsync(store);

        Assert.Equal(3, database.Files.Count);
        var open = Read(database);
        AssertAbsent(open);
        // What the scan can find it does find: our own ids and a client's id stand clear, in the write-ahead log by now.
        Assert.True(open[database.Path + "-wal"].AsSpan().IndexOf(Encoding.UTF8.GetBytes(StoreScene.Client)) >= 0);

        await store.DisposeAsync();
        var closed = Read(database);
        AssertAbsent(closed);
        Assert.True(closed[database.Path].AsSpan().IndexOf(Encoding.UTF8.GetBytes(StoreScene.Client)) >= 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Encodings_TextInsideSomethingLonger_IsFound(int before)
    {
        const string mark = "標識-name-7f3a9c";
        var longer = new string('x', before) + mark + "yy";
        var utf8 = Encoding.UTF8.GetBytes(longer);
        foreach (var written in new[]
        {
            longer, Convert.ToBase64String(utf8), Convert.ToBase64String(utf8).Replace('+', '-').Replace('/', '_').TrimEnd('='),
            Convert.ToHexString(utf8), Convert.ToHexStringLower(utf8), System.Text.Json.JsonSerializer.Serialize(longer),
        })
        {
            var bytes = Encoding.UTF8.GetBytes(written);
            Assert.Contains(Encodings.Of(mark), form => bytes.AsSpan().IndexOf(form.Bytes) >= 0);
        }

        Assert.Contains(Encodings.Of(mark), form => Encoding.Unicode.GetBytes(longer).AsSpan().IndexOf(form.Bytes) >= 0);
        Assert.Contains(Encodings.Of(mark), form => Encoding.BigEndianUnicode.GetBytes(longer).AsSpan().IndexOf(form.Bytes) >= 0);
    }

    private static Dictionary<string, byte[]> Read(TemporaryDatabase database) => database.Files.ToDictionary(file => file, file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    });

    private void AssertAbsent(Dictionary<string, byte[]> files)
    {
        foreach (var (file, bytes) in files)
        {
            Assert.Empty(_marks.FoundIn(bytes).Select(found => $"{found} in {Path.GetFileName(file)}"));
        }
    }
}
