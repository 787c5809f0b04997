using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;

namespace MedId.Benchmarks;

/// <summary>One signing key for each of 256 tenants.</summary>
internal sealed class TenantKeyRings : IKeyRingSource
{
    private readonly Dictionary<TenantId, KeyRing> _rings;

    public TenantKeyRings(IReadOnlyList<TenantId> tenants)
    {
        Keys = [.. tenants.Select(tenant => LocalSigningKey.Generate(SignatureAlgorithm.ES256, $"{tenant}-key"))];
        _rings = tenants.Zip(Keys).ToDictionary(pair => pair.First, pair => new KeyRing([pair.Second]));
    }

    public IReadOnlyList<LocalSigningKey> Keys { get; }

    public ValueTask<KeyRing> GetKeyRingAsync(TenantId tenant, CancellationToken cancellationToken = default) => new(_rings[tenant]);
}
