using System.Security.Cryptography;
using MedId.Cryptography;
using MedId.Storage.Sqlite;
using MedId.Testing;

namespace TrimmedSmoke;

internal static class StorageCheck
{
    public static async Task RunAsync()
    {
        var master = RandomNumberGenerator.GetBytes(FieldKey.Length);
        foreach (var check in ProviderStoreConformance.Checks)
        {
            var folder = Directory.CreateTempSubdirectory("medid-smoke-");
            try
            {
                await using var store = SqliteProviderStore.Open(new SqliteStorageOptions
                {
                    Path = Path.Combine(folder.FullName, "op.db"),
                    Cipher = tenant => new FieldCipher(tenant.Value, FieldKey.DeriveForTenant("smoke", master, tenant.Value)),
                });
                await check.Run(store, CancellationToken.None);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }
}
