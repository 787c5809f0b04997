using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using MedId.Storage.Sqlite;
using MedId.Testing;

namespace MedId.House.Tests.Snippets;

internal static class StorageSqlite
{
    public static async Task<string> OpenAsync(byte[] masterKey)
    {
        #region StorageSqlite_Open
        await using var store = SqliteProviderStore.Open(new SqliteStorageOptions
        {
            Path = "/var/lib/clinic-op/provider.db",
            // One key per tenant, derived from a master key that lives outside the database.
            Cipher = tenant => new FieldCipher(tenant.Value, FieldKey.DeriveForTenant("2026-11", masterKey, tenant.Value)),
        });

        Console.WriteLine(store.Durability);
        #endregion
        return store.Durability;
    }

    public static SqliteStorageOptions Rotate(byte[] oldKey, byte[] newKey)
    {
        #region StorageSqlite_Rotate
        var options = new SqliteStorageOptions
        {
            Path = "/var/lib/clinic-op/provider.db",
            Cipher = tenant => new FieldCipher(
                tenant.Value,
                current: FieldKey.DeriveForTenant("2027-11", newKey, tenant.Value),
                previous: [FieldKey.DeriveForTenant("2026-11", oldKey, tenant.Value)]),
        };
        #endregion
        return options;
    }

    public static async Task RunAsync(IProviderStore myStore, CancellationToken cancellationToken)
    {
        #region Testing_StoreConformance
        // The store under test needs keys for ProviderStoreConformance.Tenant and OtherTenant; its database need not be empty.
        foreach (ProviderStoreCheck check in ProviderStoreConformance.Checks)
        {
            await check.Run(myStore, cancellationToken);
        }
        #endregion
    }
}
