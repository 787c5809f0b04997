using System.Collections.Concurrent;
using MedId.Ciba.Server;
using MedId.Provider;
using MedId.Storage.TestSupport;
using MedId.Testing;
using Npgsql;

namespace MedId.Storage.PostgreSql.Tests;

public sealed class SignalsTests(PostgreSqlServer server)
{
    private static readonly TimeSpan _long = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Approve_AtOneNode_WakesWhoeverWaitsAtTheOther()
    {
        var options = server.NewStore();
        await using var one = await PostgreSqlProviderStore.OpenAsync(options);
        await using var two = await PostgreSqlProviderStore.OpenAsync(options);
        var scene = await new StoreScene(one).PendingAsync();
        using var waiting = two.Signals.Subscribe(ChangeTopics.Request(scene.Tenant, scene.RequestId));

        var woken = waiting.WaitAsync(_long).AsTask();
        Assert.False(woken.IsCompleted);
        await one.TryApproveAsync(scene.Approval());
        Assert.True(await woken);
        Assert.Equal(CibaStatus.Approved, (await two.FindRequestAsync(scene.Tenant, scene.RequestId))!.Status);
    }

    [Fact]
    public async Task Approve_NotCommitted_WakesNobody()
    {
        var options = server.NewStore();
        await using var one = await PostgreSqlProviderStore.OpenAsync(options);
        await using var two = await PostgreSqlProviderStore.OpenAsync(options);
        var scene = await new StoreScene(one).PendingAsync();
        using var waiting = two.Signals.Subscribe(ChangeTopics.Request(scene.Tenant, scene.RequestId));
        one.BeforeCommit = () => throw new TimeoutException();

        await Assert.ThrowsAsync<TimeoutException>(async () => await one.TryApproveAsync(scene.Approval()));
        Assert.False(await waiting.WaitAsync(TimeSpan.FromMilliseconds(300)));
    }

    [Fact]
    public async Task Listen_ConnectionEnded_IsMadeAgainAndEverybodyIsWoken()
    {
        var options = server.NewStore();
        await using var one = await PostgreSqlProviderStore.OpenAsync(options);
        await using var two = await PostgreSqlProviderStore.OpenAsync(options);
        var scene = await new StoreScene(one).PendingAsync();
        using var waiting = two.Signals.Subscribe(ChangeTopics.Request(scene.Tenant, scene.RequestId));
        await SchemaTests.ScalarAsync(options, $"SELECT pg_terminate_backend({two.Notified.BackendProcess})");

        // While nobody listens, waiting ends by its own time-out or when the connection is back; nothing is lost but time.
        await one.TryApproveAsync(scene.Approval());
        Assert.True(await waiting.WaitAsync(_long));
        Assert.Equal(CibaStatus.Approved, (await two.FindRequestAsync(scene.Tenant, scene.RequestId))!.Status);
        for (var i = 0; i < 200 && two.Notified.Connections < 2; i++)
        {
            await Task.Delay(50);
        }

        Assert.Equal(2, two.Notified.Connections);
        var next = await new StoreScene(one).PendingAsync();
        using var again = two.Signals.Subscribe(ChangeTopics.Request(next.Tenant, next.RequestId));
        await one.TryDenyRequestAsync(next.Tenant, next.RequestId, StoreScene.Now);
        Assert.True(await again.WaitAsync(_long));
    }

    [Fact]
    public async Task Payloads_OfEveryVerb_AreOpaque()
    {
        var options = server.NewStore();
        await using var store = await PostgreSqlProviderStore.OpenAsync(options);
        var heard = new ConcurrentBag<string>();
        await using var connection = new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync();
        connection.Notification += (_, told) => heard.Add($"{told.Channel}: {told.Payload}");
        await using (var listen = new NpgsqlCommand($"LISTEN {options.Schema}", connection))
        {
            await listen.ExecuteNonQueryAsync();
        }

        var marks = new PersonalMarks();
        await marks.WriteEverywhereAsync(store);
        while (await connection.WaitAsync(500))
        {
            // The next one.
        }

        Assert.NotEmpty(heard);
        Assert.All(heard, told => Assert.Matches($"^{options.Schema}: (request/conformance-a/req-[0-9a-f]+|(outbox|settings)/conformance-a)$", told));
        Assert.Empty(marks.FoundIn(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', heard))));
    }
}
