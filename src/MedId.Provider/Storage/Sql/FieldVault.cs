using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Personal fields as they are written: the record's JSON, encrypted by the tenant's key and bound to tenant, field and row.</summary>
internal sealed class FieldVault(Func<TenantId, FieldCipher> ciphers)
{
    private readonly ConcurrentDictionary<TenantId, FieldCipher> _ciphers = new();

    /// <summary>Encrypts a record.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="field">Table and column.</param>
    /// <param name="id">The row.</param>
    /// <param name="value">The record.</param>
    /// <param name="type">How it is written.</param>
    public byte[] Seal<T>(TenantId tenant, string field, string id, T value, JsonTypeInfo<T> type) =>
        CipherOf(tenant).Protect(Purpose(field, id), JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Encrypts bytes.</summary>
    public byte[] Seal(TenantId tenant, string field, string id, ReadOnlySpan<byte> value) => CipherOf(tenant).Protect(Purpose(field, id), value);

    /// <summary>Decrypts bytes, or says why not.</summary>
    public MedIdResult<byte[]> TryOpen(TenantId tenant, string field, string id, byte[] stored) => CipherOf(tenant).Unprotect(Purpose(field, id), stored);

    /// <summary>Decrypts a record.</summary>
    /// <exception cref="ProviderStorageException">The bytes are of another key, row or field, or were changed.</exception>
    public T Open<T>(TenantId tenant, string field, string id, byte[] stored, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(Open(tenant, field, id, stored), type)
        ?? throw new ProviderStorageException("A stored record is empty.");

    /// <summary>Decrypts bytes.</summary>
    public byte[] Open(TenantId tenant, string field, string id, byte[] stored)
    {
        var opened = CipherOf(tenant).Unprotect(Purpose(field, id), stored);
        return opened.Succeeded
            ? opened.Value
            : throw new ProviderStorageException($"A stored field of {field} cannot be read ({opened.Error.Code}): the tenant's key is another, or the row was changed outside.");
    }

    /// <summary>What shows later that a tenant's key is the same.</summary>
    public byte[] Proof(TenantId tenant) => CipherOf(tenant).Protect(Purpose("tenants.key_proof", tenant.Value), "medid"u8);

    /// <summary>Refuses keys that cannot read what is stored.</summary>
    public void CheckProof(TenantId tenant, byte[] proof) => Open(tenant, "tenants.key_proof", tenant.Value, proof);

    private static string Purpose(string field, string id) => $"{field}/{id}";

    private FieldCipher CipherOf(TenantId tenant) => _ciphers.GetOrAdd(tenant, static (tenant, ciphers) =>
    {
        var cipher = ciphers(tenant);
        return cipher.Tenant == tenant.Value ? cipher : throw new ProviderStorageException($"The cipher given for tenant {tenant} is of tenant {cipher.Tenant}.");
    }, ciphers);
}
