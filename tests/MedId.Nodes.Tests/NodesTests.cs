using System.Collections.Concurrent;
using System.Net;
using MedId.Cryptography;
using MedId.Storage.PostgreSql.Tests;
using Npgsql;

namespace MedId.Nodes.Tests;

/// <summary>
/// Three OP processes over one PostgreSQL, one of them of the version before, clocks 30 s apart. Nodes and the database are killed under load, and what the clients wrote down is held against what is stored.
/// </summary>
[Trait("Peer", "postgresql")]
public sealed class NodesTests(PostgreSqlServer server, ITestOutputHelper output)
{
    private const int Redeemed = 3;
    private const int Kills = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task KilledNodesAndDatabase_Ledger_HasEveryTokenOnceAndLosesNoApproval()
    {
        server.Require();
        await using var cluster = await Cluster.StartAsync(server);
        var ledger = new ConcurrentBag<Entry>();
        using var load = new CancellationTokenSource(Longest);
        var clients = Enumerable.Range(0, 12).Select(worker => Task.Run(() => WorkAsync(cluster, ledger, worker, load.Token))).ToList();
        var kills = await KillAsync(cluster, load.Token);
        await load.CancelAsync();
        await Task.WhenAll(clients);
        await AllUpAsync(cluster);

        // Every approved request that nobody has redeemed gives its tokens now.
        foreach (var entry in ledger.Where(one => one is { Approved: true, Tokens.IsEmpty: true } && TimeProvider.System.GetUtcNow() < one.ExpiresAt - TimeSpan.FromSeconds(40)))
        {
            await PollUntilDecidedAsync(cluster, entry);
        }

        var redeemed = await RedeemedAsync(cluster);
        output.WriteLine($"{ledger.Count} requests, {ledger.Count(one => one.Approved)} approvals acknowledged, {ledger.Sum(one => one.Tokens.Count)} token sets, {ledger.Sum(one => one.Unanswered)} polls without an answer, {kills} kills, {redeemed.Count} redeemed rows");
        Assert.True(kills == Kills, $"only {kills} kills");
        Assert.True(ledger.Sum(one => one.Tokens.Count) >= 20, "too few flows to say anything");
        Assert.All(ledger, entry =>
        {
            var row = redeemed.Contains(SecretDigest.Compute("auth_req_id", entry.AuthReqId));
            Assert.True(entry.Tokens.Count <= 1, "two token sets: " + entry);
            Assert.True(row || entry.Tokens.IsEmpty, "tokens without a redeemed row: " + entry);

            // Redeemed and no tokens seen: only where an answer was lost on its way.
            Assert.True(!row || !entry.Tokens.IsEmpty || entry.Unanswered > 0, "a redeemed row whose tokens nobody got: " + entry);
            Assert.True(!entry.Approved || row || TimeProvider.System.GetUtcNow() >= entry.ExpiresAt - TimeSpan.FromSeconds(40), "an approval was lost: " + entry);
        });
        Assert.Equal(redeemed.Count, redeemed.Intersect(ledger.Select(entry => SecretDigest.Compute("auth_req_id", entry.AuthReqId)), StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Kill_AtEachStep_LeavesAStateFromWhichTheNextPollIsRight()
    {
        server.Require();
        await using var cluster = await Cluster.StartAsync(server);
        foreach (var node in cluster.Nodes)
        {
            var other = cluster.Nodes.First(one => one != node);

            // After the acknowledgement: another node knows the request.
            var id = await AskAsync(cluster, node);
            await node.KillAsync();
            Assert.Contains(await ErrorAsync(cluster, other, id), (string[])["authorization_pending", "slow_down"]);
            await cluster.StartAsync(node);

            // After the approval: another node gives the tokens, once.
            id = await AskAsync(cluster, node);
            Assert.Equal(HttpStatusCode.OK, await cluster.ApproveAsync(node, id));
            await node.KillAsync();
            var (status, tokens) = await cluster.PollAsync(other, id);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal("invalid_grant", await ErrorAsync(cluster, other, id));
            await cluster.StartAsync(node);

            // After the tokens: the node that was killed knows that they are out, and what they are worth.
            Assert.Equal("invalid_grant", await ErrorAsync(cluster, node, id));
            foreach (var any in cluster.Nodes)
            {
                Assert.True((bool)(await cluster.IntrospectAsync(any, (string)tokens["access_token"]!))["active"]!, $"{any.Name}: a token of {other.Name} is not active");
            }
        }
    }

    [Fact]
    public async Task Kill_OfTheDatabaseAtEachStep_LosesNothing()
    {
        server.Require();
        await using var cluster = await Cluster.StartAsync(server);
        var id = await AskAsync(cluster, cluster.Nodes[0]);
        await RestartDatabaseAsync();
        Assert.Equal(HttpStatusCode.OK, await RetryAsync(() => cluster.ApproveAsync(cluster.Nodes[0], id), HttpStatusCode.OK));
        await RestartDatabaseAsync();
        Assert.Equal(HttpStatusCode.OK, await RetryAsync(async () => (await cluster.PollAsync(cluster.Nodes[1], id)).Status, HttpStatusCode.OK));
        await RestartDatabaseAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await RetryAsync(async () => (await cluster.PollAsync(cluster.Nodes[2], id)).Status, HttpStatusCode.BadRequest));
        Assert.Equal("invalid_grant", await ErrorAsync(cluster, cluster.Nodes[2], id));
    }

    private static async Task<string> AskAsync(Cluster cluster, NodeProcess node)
    {
        var (status, json) = await cluster.OpenAsync(node, $"step-{SecretGenerator.Base64Url(16)}");
        Assert.True(status == HttpStatusCode.OK, $"{node.Name}: {status} {json.ToJsonString()}");
        return (string)json["auth_req_id"]!;
    }

    private static async Task<string?> ErrorAsync(Cluster cluster, NodeProcess node, string id) => (string?)(await cluster.PollAsync(node, id)).Json["error"];

    private static async Task<HttpStatusCode> RetryAsync(Func<Task<HttpStatusCode>> call, HttpStatusCode wanted)
    {
        var status = HttpStatusCode.ServiceUnavailable;
        for (var attempt = 0; attempt < 20 && status != wanted; attempt++)
        {
            try
            {
                status = await call();
            }
            catch (HttpRequestException)
            {
            }

            if (status != wanted)
            {
                await Task.Delay(250);
            }
        }

        return status;
    }

    private async Task RestartDatabaseAsync()
    {
        await server.KillAsync();
        await server.StartAsync();
    }

    /// <summary>Asks, approves and polls at two nodes at once, writing down every answer.</summary>
    private static async Task WorkAsync(Cluster cluster, ConcurrentBag<Entry> ledger, int worker, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var node = cluster.Nodes[Random.Shared.Next(cluster.Nodes.Count)];
            if (!node.IsUp)
            {
                await Task.Delay(20, CancellationToken.None);
                continue;
            }

            Entry? entry = null;
            try
            {
                // The lab's people are of one life of a node: their keys are in its memory.
                var (status, json) = await cluster.OpenAsync(node, $"w{worker}-{node.Name}-{node.Life}-{i % 40}");
                if (status != HttpStatusCode.OK)
                {
                    continue;
                }

                entry = new((string)json["auth_req_id"]!, TimeProvider.System.GetUtcNow().AddSeconds((int)json["expires_in"]!));
                ledger.Add(entry);
                entry.Approved = await cluster.ApproveAsync(node, entry.AuthReqId) == HttpStatusCode.OK;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Nobody knows what became of it; the polls will tell.
            }

            if (entry is not null)
            {
                await Task.WhenAll(PollOnceAsync(cluster, entry), PollOnceAsync(cluster, entry));
            }
        }
    }

    private static async Task PollOnceAsync(Cluster cluster, Entry entry)
    {
        var up = cluster.Nodes.Where(node => node.IsUp).ToList();
        if (up.Count == 0)
        {
            return;
        }

        try
        {
            var (status, json) = await cluster.PollAsync(up[Random.Shared.Next(up.Count)], entry.AuthReqId);
            if (status == HttpStatusCode.OK)
            {
                entry.Tokens.Add((string)json["access_token"]!);
            }
            else
            {
                entry.Errors.Add((string?)json["error"] ?? status.ToString());
                if ((int)status >= 500)
                {
                    entry.NoAnswer();
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            entry.NoAnswer();
        }
    }

    private static async Task PollUntilDecidedAsync(Cluster cluster, Entry entry)
    {
        for (var attempt = 0; attempt < 8 && entry.Tokens.IsEmpty; attempt++)
        {
            var (status, json) = await cluster.PollAsync(cluster.Nodes[attempt % cluster.Nodes.Count], entry.AuthReqId);
            if (status == HttpStatusCode.OK)
            {
                entry.Tokens.Add((string)json["access_token"]!);
            }
            else
            {
                entry.Errors.Add((string?)json["error"] ?? status.ToString());
            }
        }
    }

    /// <summary>Kills one after the other; every fourth time the database.</summary>
    private async Task<int> KillAsync(Cluster cluster, CancellationToken stop)
    {
        var kills = 0;
        for (; kills < Kills && !stop.IsCancellationRequested; kills++)
        {
            try
            {
                await Task.Delay(Random.Shared.Next(300, 1200), stop);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            if (kills % 4 == 3)
            {
                await RestartDatabaseAsync();
            }
            else
            {
                var node = cluster.Nodes[kills % cluster.Nodes.Count];
                await node.KillAsync();
                await cluster.StartAsync(node);
            }
        }

        return kills;
    }

    private static async Task AllUpAsync(Cluster cluster)
    {
        foreach (var node in cluster.Nodes.Where(node => !node.IsUp))
        {
            await cluster.StartAsync(node);
        }
    }

    private static async Task<HashSet<string>> RedeemedAsync(Cluster cluster)
    {
        await using var source = NpgsqlDataSource.Create(cluster.Connection);
        await using var command = source.CreateCommand($"SELECT auth_req_id_digest FROM medid.requests WHERE status = {Redeemed}");
        await using var rows = await command.ExecuteReaderAsync();
        var digests = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync())
        {
            digests.Add(rows.GetString(0));
        }

        return digests;
    }
}
