using MedId.Core;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Provider.Tests.Administration;

/// <summary>Two nodes over one store, without signals, with clocks apart: at no moment does one sign by a key that the other's key set lacks.</summary>
public sealed class RotationOnTwoNodesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Rotation_AnySchedule_EverySignatureVerifiesOnEveryNodeAndForEveryReader(int seed)
    {
        var ct = TestContext.Current.CancellationToken;
        var random = new Random(seed);
        var store = new InMemoryProviderStore();
        var rotation = new KeyRotationOptions { Age = TimeSpan.FromHours(2), Retention = TimeSpan.FromHours(1) };
        Node[] nodes = [new(store, rotation, TimeSpan.Zero), new(store, rotation, TimeSpan.FromSeconds(30)), new(store, rotation, TimeSpan.FromSeconds(-30))];
        await nodes[0].Desk.RotateAsync(ct);

        // What each reader holds: a key set of some node, not older than the key set's max-age.
        var readers = new (JsonWebKeySet Set, DateTimeOffset At)[6];
        var signed = new HashSet<string>(StringComparer.Ordinal);
        for (var step = 0; step < 1500; step++)
        {
            var by = TimeSpan.FromMilliseconds(random.Next(1, 20_000));
            foreach (var node in nodes)
            {
                node.Time.Advance(by);
            }

            var now = nodes[0].Time.GetUtcNow();
            await nodes[random.Next(nodes.Length)].Desk.RotateAsync(ct);

            // Somebody is always in a hurry: each key is promoted at the first moment at which any node lets it.
            var hurried = nodes[random.Next(nodes.Length)].Desk;
            if ((await hurried.ListAsync(ct)).Keys.FirstOrDefault(key => key.State == StoredKeyState.Next) is { } next)
            {
                await hurried.PromoteAsync(next.KeyId, AdministrationActor.Op, cancellationToken: ct);
            }

            for (var i = 0; i < readers.Length; i++)
            {
                if (readers[i].Set is null || now - readers[i].At >= TimeSpan.FromMinutes(15) || random.Next(50) == 0)
                {
                    readers[i] = ((await nodes[random.Next(nodes.Length)].Ring.GetKeyRingAsync(TenantId.Single, ct)).Published, now);
                }
            }

            foreach (var signer in nodes)
            {
                var key = (await signer.Ring.GetKeyRingAsync(TenantId.Single, ct)).Current().KeyId;
                signed.Add(key);
                foreach (var other in nodes)
                {
                    Assert.Contains((await other.Ring.GetKeyRingAsync(TenantId.Single, ct)).Published.Keys, published => published.KeyId == key);
                }

                Assert.All(readers, reader => Assert.Contains(reader.Set.Keys, published => published.KeyId == key));
            }
        }

        // Nothing is shown by a rotation that never came.
        Assert.True(signed.Count >= 10, $"{signed.Count} keys signed");
    }

    [Fact]
    public async Task GetKeyRing_StoreAway_FailsOnceWhatIsKnownIsTooOld()
    {
        var ct = TestContext.Current.CancellationToken;
        var store = new BreakingSettings(new InMemoryProviderStore());
        var node = new Node(store, new() { Age = TimeSpan.FromDays(1) }, TimeSpan.Zero);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await node.Ring.GetKeyRingAsync(TenantId.Single, ct));
        await node.Desk.RotateAsync(ct);
        await node.Ring.GetKeyRingAsync(TenantId.Single, ct);
        store.IsAway = true;
        node.Time.Advance(node.Settings.MaxAge - TimeSpan.FromTicks(1));
        await node.Ring.GetKeyRingAsync(TenantId.Single, ct);
        node.Time.Advance(TimeSpan.FromTicks(1));
        await Assert.ThrowsAsync<IOException>(async () => await node.Ring.GetKeyRingAsync(TenantId.Single, ct));
        store.IsAway = false;
        await node.Ring.GetKeyRingAsync(TenantId.Single, ct);
    }

    [Fact]
    public async Task Rotate_ManyNodesAtOnce_MakeOneFirstKey()
    {
        var ct = TestContext.Current.CancellationToken;
        var store = new InMemoryProviderStore();
        var nodes = Enumerable.Range(0, 8).Select(_ => new Node(store, new() { Age = TimeSpan.FromDays(1) }, TimeSpan.Zero)).ToList();
        await Task.WhenAll(nodes.Select(node => Task.Run(async () => await node.Desk.RotateAsync(ct), ct)));
        var (keys, version) = await nodes[0].Desk.ListAsync(ct);
        Assert.Equal([StoredKeyState.Current, StoredKeyState.Next], keys.Select(key => key.State));
        Assert.Equal(2, version);
        Assert.Equal(2, (await store.FindAuditHeadAsync(TenantId.Single, ct)).Length);
    }

    private sealed class Node
    {
        public Node(ISettingStore store, KeyRotationOptions rotation, TimeSpan ahead)
        {
            var options = new ProviderOptions { Issuer = "https://op.example" };
            Time = new(Start + ahead);
            Settings = new(store, TenantId.Single, Time, TimeSpan.FromSeconds(5));
            Ring = new(Settings, options);
            Desk = new(store, Settings, options, rotation, Time);
        }

        public ManualTimeProvider Time { get; }

        public SettingCache Settings { get; }

        public SettingKeyRing Ring { get; }

        public SigningKeyDesk Desk { get; }
    }

    private sealed class BreakingSettings(ISettingStore inner) : ISettingStore
    {
        public bool IsAway { get; set; }

        private ISettingStore Inner => IsAway ? throw new IOException("the store is away") : inner;

        public ValueTask<bool> TryPutSettingAsync(Setting setting, AuditLine? line, CancellationToken cancellationToken = default) => Inner.TryPutSettingAsync(setting, line, cancellationToken);

        public ValueTask<Setting?> FindSettingAsync(TenantId tenant, string kind, string id, CancellationToken cancellationToken = default) => Inner.FindSettingAsync(tenant, kind, id, cancellationToken);

        public ValueTask<IReadOnlyList<Setting>> ListSettingsAsync(TenantId tenant, string kind, string? after, int limit, CancellationToken cancellationToken = default) =>
            Inner.ListSettingsAsync(tenant, kind, after, limit, cancellationToken);
    }
}
