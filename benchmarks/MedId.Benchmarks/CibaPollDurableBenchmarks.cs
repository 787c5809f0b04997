using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using MedId.Ciba.Server;
using MedId.Cryptography;
using MedId.Storage.Sqlite;

namespace MedId.Benchmarks;

/// <summary>A poll that finds the request pending, on SQLite: read, decrypted, judged, written, on disk before it returns.</summary>
public class CibaPollDurableBenchmarks : IChecked, IDisposable
{
    private readonly Rotation _turn = new();
    private long _ticks;
    private string _folder = null!;
    private SqliteProviderStore _store = null!;
    private PendingRequests _pending = null!;
    private BareSqlite _bare = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        // Beside the program: a temporary folder may lie in memory, where durability costs nothing.
        _folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "measured-" + Path.GetRandomFileName())).FullName;
        var master = RandomNumberGenerator.GetBytes(32);
        _store = SqliteProviderStore.Open(new()
        {
            Path = Path.Combine(_folder, "store.db"),
            Cipher = tenant => new(tenant.Value, FieldKey.DeriveForTenant("k1", master, tenant.Value)),
        });
        Right.Is(_store.Durability.Contains("synchronous=FULL", StringComparison.Ordinal), "the store is durable");
        _pending = await PendingRequests.CreateAsync(_store);
        _bare = new(Path.Combine(_folder, "bare.db"));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _bare.Dispose();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, Description = "bare durable update")]
    public int Bare() => _bare.Update();

    [Benchmark(Description = "poll of the store")]
    public ValueTask<CibaPoll> Store() => _pending.PollAsync(_turn.Next(), NextTick());

    /// <inheritdoc/>
    public async Task CheckAsync()
    {
        await _pending.CheckAsync();
        var at = NextTick();
        await _pending.PollAsync(0, at);
        Right.Is((await _store.FindRequestAsync(ProviderScene.TenantOf(0), _pending.RequestIds[0]))?.NextPollAt == at, "the next poll's time is kept");
    }

    // SQLite writes nothing when a row would stay as it is, so each poll is a little later than the one before.
    private DateTimeOffset NextTick() => StillTime.Now.AddTicks(++_ticks);
}
