using System.Collections.Concurrent;
using System.Diagnostics;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Many connections ask for the tokens of the same approved requests at once: one set of tokens a request, whoever asks and wherever.</summary>
public class TwoRedeemersTests
{
    private const int Requests = 500;
    private const int Connections = 64;
    private const int Redeemers = 3;

    [Theory(Timeout = 60_000)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Poll_EveryRequestByThreeAtOnce_OneWinsAndTheOthersGetInvalidGrant(int instances)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = true, Ciba = ciba => ciba.MaxPendingOfSubject = Requests + 1 });
        await using var _ = world;
        var https = new List<HttpClient> { world.Http };
        for (var i = 1; i < instances; i++)
        {
            https.Add(await world.AddInstanceAsync());
        }

        var approved = await ApproveAsync(world, phone, https);
        Assert.Equal(Requests, approved.Count);

        // Neighbours in the queue are of one request, so the connections that take them are at it together.
        var queue = new ConcurrentQueue<(string AuthReqId, int Redeemer)>(approved.SelectMany(id => Enumerable.Range(0, Redeemers).Select(redeemer => (id, redeemer))));
        var answers = new ConcurrentBag<(string AuthReqId, WireAnswer Answer, long From, long To)>();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(async () =>
        {
            while (queue.TryDequeue(out var poll))
            {
                var from = Stopwatch.GetTimestamp();
                var answer = await world.BasicEhr.PollAsync(poll.AuthReqId, https[(connection + poll.Redeemer) % https.Count]);
                answers.Add((poll.AuthReqId, answer, from, Stopwatch.GetTimestamp()));
            }
        })));

        Assert.Equal(Requests * Redeemers, answers.Count);
        var overlapping = 0;
        foreach (var request in answers.GroupBy(answer => answer.AuthReqId))
        {
            var winner = Assert.Single(request, one => one.Answer.Status == 200);
            Assert.NotNull(winner.Answer["access_token"]);
            foreach (var loser in request.Where(one => one.Answer.Status != 200))
            {
                Assert.Equal((400, "invalid_grant", CibaErrorCodes.AuthReqIdUsed), (loser.Answer.Status, loser.Answer.Error, loser.Answer.Code));
            }

            overlapping += request.Any(one => one != winner && one.From < winner.To && winner.From < one.To) ? 1 : 0;
        }

        // The test asks what it says: nearly every request had two redeemers at the same time.
        Assert.InRange(overlapping, Requests * 9 / 10, Requests);
        Assert.Equal(Requests, answers.Where(one => one.Answer.Status == 200).Select(one => one.Answer["access_token"]).Distinct().Count());
        var consents = await world.Store.ListConsentsAsync(TenantId.Single, "synthetic-account-a");
        Assert.Equal(Requests, consents.Count);
        foreach (var consent in consents)
        {
            Assert.Single(await world.Store.ListConsentEventsAsync(TenantId.Single, consent.Id), line => line.Kind == "token-issued");
        }
    }

    /// <summary>Requests over the wire; one is approved by the phone, the others by records made after it.</summary>
    private static async Task<ConcurrentBag<string>> ApproveAsync(OpWorld world, Phone phone, List<HttpClient> https)
    {
        var first = (await world.BasicEhr.AuthorizeAsync())["auth_req_id"];
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id)).UafStatus);
        var model = Assert.Single(await world.Store.ListConsentsAsync(TenantId.Single, "synthetic-account-a"));
        var grant = (await world.Store.FindRequestAsync(TenantId.Single, world.Announced.Last().Id))!.Grant!;
        var approved = new ConcurrentBag<string> { first };
        await Parallel.ForEachAsync(Enumerable.Range(1, Requests - 1), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (index, _) =>
            approved.Add((await world.BasicEhr.AuthorizeAsync(http: https[index % https.Count])).Expect(200)["auth_req_id"]));

        var device = (await world.Store.ListDevicesAsync(TenantId.Single, "synthetic-account-a"))[0];
        var counter = device.SignCounter;
        foreach (var (_, id) in world.Announced.Skip(1))
        {
            Assert.Equal(ApprovalOutcome.Approved, await world.Store.TryApproveAsync(Approval(id, counter)));
            counter++;
        }

        return approved;

        Approval Approval(string requestId, long expected)
        {
            var consent = model with { Id = Guid.NewGuid().ToString("N") };
            return new()
            {
                RequestId = requestId,
                Grant = grant with { Id = consent.Id, ConsentId = consent.Id },
                Consent = consent,
                Device = new() { AccountId = device.AccountId, Model = device.Model, KeyId = device.KeyId, ExpectedCounter = expected, NextCounter = expected + 1 },
                At = world.Time.GetUtcNow(),
            };
        }
    }
}
