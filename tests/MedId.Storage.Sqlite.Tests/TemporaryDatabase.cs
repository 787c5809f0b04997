using MedId.Cryptography;

namespace MedId.Storage.Sqlite.Tests;

/// <summary>A database in a folder of its own that goes with the test.</summary>
public sealed class TemporaryDatabase : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medid-store-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "store.db");

    /// <summary>Options with a synthetic key for every tenant.</summary>
    internal SqliteStorageOptions Options => OptionsOf(Path);

    /// <summary>The database and the files that SQLite keeps beside it, as far as they are there.</summary>
    public IReadOnlyList<string> Files => [.. new[] { Path, Path + "-wal", Path + "-shm" }.Where(File.Exists)];

    public SqliteProviderStore Open() => SqliteProviderStore.Open(Options);

    /// <summary>The database as a power cut at this moment would leave it: bytes copied while it is open, without the shared memory.</summary>
    public string CopyAsAfterACrash()
    {
        var copy = System.IO.Path.Combine(_folder.FullName, "crash.db");
        File.Delete(copy + "-wal");
        File.Copy(Path, copy, overwrite: true);
        if (File.Exists(Path + "-wal"))
        {
            File.Copy(Path + "-wal", copy + "-wal");
        }

        return copy;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal static SqliteStorageOptions OptionsOf(string path) =>
        new() { Path = path, Cipher = tenant => new FieldCipher(tenant.Value, new FieldKey("test", new byte[FieldKey.Length])) };
}
