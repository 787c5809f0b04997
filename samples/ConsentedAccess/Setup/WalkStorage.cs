using System.Security.Cryptography;
using System.Text;

namespace MedId.Samples.ConsentedAccess;

/// <summary>Where the patient OP of a walk keeps everything: the same place whenever it is started again.</summary>
internal static class WalkStorage
{
    private const string Sqlite = "sqlite:";
    private const string Postgres = "postgres:";

    public static string Of(WalkOptions options, WorkingFolder folder) => options.Storage switch
    {
        null => Sqlite + folder.File("patient-op.db"),
        // Each walk has keys of its own, so it has a schema of its own.
        { } storage when storage.StartsWith(Postgres, StringComparison.Ordinal) => $"{storage};Search Path=walk_{NameOf(folder)}",
        { } storage => storage,
    };

    public static string KeysOf(WalkOptions options, WorkingFolder folder) =>
        options.Storage is { } storage && storage.StartsWith(Sqlite, StringComparison.Ordinal) ? storage[Sqlite.Length..] + ".keys.json" : folder.File("patient-op.keys.json");

    private static string NameOf(WorkingFolder folder) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.File("walk"))))[..12];
}
