using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Provider;

namespace MedId.Storage.PostgreSql;

/// <summary>The numbers by which PostgreSQL knows what a verb holds. Two names with one number would only wait for each other.</summary>
internal static class AdvisoryLocks
{
    public static long KeyOf(SqlLock kind, TenantId tenant, string name) => KeyOf($"{kind}\n{tenant}\n{name}");

    public static long KeyOf(string name)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), digest);
        return BinaryPrimitives.ReadInt64BigEndian(digest);
    }
}
