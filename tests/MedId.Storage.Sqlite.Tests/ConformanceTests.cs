using MedId.Provider;
using MedId.Storage.TestSupport;
using MedId.Testing;

namespace MedId.Storage.Sqlite.Tests;

public sealed class ConformanceTests(ConformanceTests.OpenStores stores) : IClassFixture<ConformanceTests.OpenStores>
{
    public static TheoryData<string> Checks => [.. ProviderStoreConformance.Checks.Select(check => check.Name)];

    public static TheoryData<string> ReopenChecks => [.. ProviderStoreConformance.ReopenChecks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public Task OneNode_Conforms(string name) => Check(name).Run(stores.One, TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Checks))]
    public Task TwoNodesOnOneFile_Conform(string name) => Check(name).Run(stores.Two, TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(ReopenChecks))]
    public async Task ClosedAndOpened_Conforms(string name)
    {
        using var database = new TemporaryDatabase();
        SqliteProviderStore? open = null;
        await ProviderStoreConformance.ReopenChecks.Single(check => check.Name == name).Run(
            async _ =>
            {
                await (open?.DisposeAsync() ?? default);
                return open = database.Open();
            },
            TestContext.Current.CancellationToken);
        await open!.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(ReopenChecks))]
    public async Task CopiedAsAfterACrash_Conforms(string name)
    {
        List<TemporaryDatabase> databases = [];
        List<SqliteProviderStore> left = [];
        await ProviderStoreConformance.ReopenChecks.Single(check => check.Name == name).Run(
            _ =>
            {
                // The store before is never closed: what the next one sees is what its files held.
                var before = databases.LastOrDefault();
                databases.Add(new());
                if (before is not null)
                {
                    var copy = before.CopyAsAfterACrash();
                    File.Move(copy, databases[^1].Path);
                    File.Move(copy + "-wal", databases[^1].Path + "-wal");
                }

                left.Add(databases[^1].Open());
                return new(left[^1]);
            },
            TestContext.Current.CancellationToken);
        left.ForEach(store => store.Dispose());
        databases.ForEach(database => database.Dispose());
    }

    private static ProviderStoreCheck Check(string name) => ProviderStoreConformance.Checks.Single(check => check.Name == name);

    public sealed class OpenStores : IAsyncLifetime
    {
        private readonly TemporaryDatabase _one = new();
        private readonly TemporaryDatabase _two = new();
        private SqliteProviderStore[] _open = [];

        public IProviderStore One => _open[0];

        public IProviderStore Two { get; private set; } = null!;

        public ValueTask InitializeAsync()
        {
            _open = [_one.Open(), _two.Open(), _two.Open()];
            Two = TwoNodes.Over(_open[1], _open[2]);
            return default;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var store in _open)
            {
                await store.DisposeAsync();
            }

            _one.Dispose();
            _two.Dispose();
        }
    }
}
