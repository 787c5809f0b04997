namespace MedId.Storage.PostgreSql.Tests;

/// <summary>A container disposes what it was given, in its own order, also what belongs to something else that it disposes.</summary>
public sealed class DisposalTests(PostgreSqlServer server)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_SignalsBeforeOrAfterTheStore_EndsOnce(bool signalsFirst)
    {
        var store = await PostgreSqlProviderStore.OpenAsync(server.NewStore(), TestContext.Current.CancellationToken);
        var signals = (IAsyncDisposable)store.Signals;
        await (signalsFirst ? signals : store).DisposeAsync();
        await (signalsFirst ? store : signals).DisposeAsync();
        await store.DisposeAsync();
        await signals.DisposeAsync();
        store.Dispose();
    }
}
