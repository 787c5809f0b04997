using MedId.Provider;
using MedId.Storage.TestSupport;
using MedId.Testing;

namespace MedId.Storage.PostgreSql.Tests;

public sealed class ConformanceTests(ConformanceTests.OpenStores stores, PostgreSqlServer server) : IClassFixture<ConformanceTests.OpenStores>
{
    public static TheoryData<string> Checks => [.. ProviderStoreConformance.Checks.Select(check => check.Name)];

    public static TheoryData<string> ReopenChecks => [.. ProviderStoreConformance.ReopenChecks.Select(check => check.Name)];

    [Theory]
    [MemberData(nameof(Checks))]
    public Task OneNode_Conforms(string name) => RunAsync(name, static stores => stores.One);

    [Theory]
    [MemberData(nameof(Checks))]
    public Task TwoNodesOfTwoVersions_Conform(string name) => RunAsync(name, static stores => stores.Two);

    [Theory]
    [MemberData(nameof(ReopenChecks))]
    public async Task ClosedAndOpened_Conforms(string name)
    {
        var options = server.NewStore();
        PostgreSqlProviderStore? open = null;
        await ProviderStoreConformance.ReopenChecks.Single(check => check.Name == name).Run(
            async cancellationToken =>
            {
                await (open?.DisposeAsync() ?? default);
                return open = await PostgreSqlProviderStore.OpenAsync(options, cancellationToken);
            },
            TestContext.Current.CancellationToken);
        await open!.DisposeAsync();
    }

    private Task RunAsync(string name, Func<OpenStores, IProviderStore> store)
    {
        server.Require();
        return ProviderStoreConformance.Checks.Single(check => check.Name == name).Run(store(stores), TestContext.Current.CancellationToken);
    }

    public sealed class OpenStores(PostgreSqlServer server) : IAsyncLifetime
    {
        private PostgreSqlProviderStore[] _open = [];

        public IProviderStore One => _open[0];

        /// <summary>Every verb at the other node than the verb before; one of them is of the version before.</summary>
        public IProviderStore Two { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            if (!server.IsThere)
            {
                return;
            }

            var two = server.NewStore();
            var before = two with { Migrations = [.. two.Migrations.SkipLast(1)] };
            _open = [await PostgreSqlProviderStore.OpenAsync(server.NewStore()), await PostgreSqlProviderStore.OpenAsync(before), await PostgreSqlProviderStore.OpenAsync(two)];
            Two = TwoNodes.Over(_open[1], _open[2]);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var store in _open)
            {
                await store.DisposeAsync();
            }
        }
    }
}
