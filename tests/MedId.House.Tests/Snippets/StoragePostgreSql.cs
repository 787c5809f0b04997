using MedId.Cryptography;
using MedId.Storage.PostgreSql;

namespace MedId.House.Tests.Snippets;

internal static class StoragePostgreSql
{
    public static async Task<string> OpenAsync(byte[] masterKey)
    {
        #region StoragePostgreSql_Open
        await using var store = await PostgreSqlProviderStore.OpenAsync(new PostgreSqlStorageOptions
        {
            ConnectionString = "Host=db.clinic.example;Database=op;Username=op;SSL Mode=VerifyFull",
            // One key per tenant, derived from a master key that lives outside the database.
            Cipher = tenant => new FieldCipher(tenant.Value, FieldKey.DeriveForTenant("2026-11", masterKey, tenant.Value)),
        });

        Console.WriteLine(store.Durability);
        #endregion
        return store.Durability;
    }
}
