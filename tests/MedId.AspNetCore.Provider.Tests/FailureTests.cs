using MedId.Core;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>What is broken under the OP: its store, the doctor OP. The caller hears an error of the protocol and nothing of the cause, and the next request finds the OP standing.</summary>
public class FailureTests
{
    [Fact]
    public async Task Sweep_StoreFails_IsLoggedTriedAgainAndStopsNothing()
    {
        var sweeps = 0;
        await using var world = await OpWorld.StartAsync(new()
        {
            Before = (verb, _) =>
            {
                if (verb == nameof(IProviderStore.SweepAsync) && Interlocked.Increment(ref sweeps) == 1)
                {
                    throw new InvalidOperationException("synthetic failure");
                }
            },
        });

        await UntilAsync(() => world.Time.Advance(TimeSpan.FromMinutes(5)), () => world.Log.Lines.Any(line => line.Contains("the sweep failed: InvalidOperationException", StringComparison.Ordinal)));
        await UntilAsync(() => world.Time.Advance(TimeSpan.FromMinutes(5)), () => world.Log.Lines.Any(line => line.Contains("swept 0 records", StringComparison.Ordinal)));

        Assert.Equal(200, (await world.GetAsync("/jwks")).Status);
        Assert.DoesNotContain(world.Log.Lines, line => line.Contains("synthetic failure", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sweep_ByANodeWhoseClockIsAhead_ForgetsNothingThatAnotherNodeStillTakes()
    {
        var sweeps = 0;
        IProviderStore? store = null;
        OpWorld? op = null;
        ReplayKey Ended(string id, TimeSpan ago) => new("client_assertion:of another node", id, op!.Time.GetUtcNow() - ago);
        await using var world = op = await OpWorld.StartAsync(new()
        {
            Before = (verb, inner) =>
            {
                if (verb == nameof(IProviderStore.SweepAsync) && Interlocked.Increment(ref sweeps) == 1)
                {
                    store = inner;
                    Assert.True(inner.TryConsumeAsync(TenantId.Single, Ended("a minute ago", TimeSpan.FromMinutes(1))).AsTask().GetAwaiter().GetResult());
                    Assert.True(inner.TryConsumeAsync(TenantId.Single, Ended("three minutes ago", TimeSpan.FromMinutes(3))).AsTask().GetAwaiter().GetResult());
                }
            },
        });

        await UntilAsync(() => world.Time.Advance(sweeps == 0 ? TimeSpan.FromMinutes(5) : TimeSpan.Zero), () => world.Log.Lines.Any(line => line.Contains("swept 1 records", StringComparison.Ordinal)));

        Assert.False(await store!.TryConsumeAsync(TenantId.Single, Ended("a minute ago", TimeSpan.Zero), TestContext.Current.CancellationToken));
        Assert.True(await store.TryConsumeAsync(TenantId.Single, Ended("three minutes ago", TimeSpan.Zero), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Store_FailsOnce_IsAServerErrorAndThePollAfterItGetsTheTokens()
    {
        var broken = false;
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new()
        {
            Before = (verb, _) =>
            {
                if (broken && verb == nameof(Ciba.Server.ICibaRequestStore.TryRedeemRequestAsync))
                {
                    throw new IOException("synthetic failure");
                }
            },
        });
        await using var disposed = world;
        var asked = (await world.Ehr.AuthorizeAsync())["auth_req_id"];
        Assert.Equal(1200, (await phone.ConsentAsync(world.Announced.Last().Id)).UafStatus);

        broken = true;
        var failed = await world.Ehr.PollAsync(asked);
        Assert.Equal((500, "server_error", "oauth_server.failed"), (failed.Status, failed.Error, failed.Code));
        Assert.Contains(world.Log.Lines, line => line.Contains("/token failed: IOException", StringComparison.Ordinal));
        Assert.DoesNotContain(world.Log.Lines, line => line.Contains("synthetic failure", StringComparison.Ordinal));
        broken = false;

        (await world.Ehr.PollAsync(asked)).Expect(200);
    }

    [Fact]
    public async Task DoctorOp_Unreachable_OpensNothingAndTheEvidenceIsStillGood()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync();
        await using var disposed = world;
        var evidence = world.Doctors.Evidence(world.Issuer, "ehr-clinic-a");
        world.Doctors.Unreachable = true;

        var failed = await world.Ehr.AuthorizeAsync(claims => claims["actor_token"] = evidence);

        Assert.Equal((503, "temporarily_unavailable", "oauth_server.unavailable"), (failed.Status, failed.Error, failed.Code));
        Assert.Empty(world.Announced);
        world.Doctors.Unreachable = false;
        (await world.Ehr.AuthorizeAsync(claims => claims["actor_token"] = evidence)).Expect(200);
    }

    private static async Task UntilAsync(Action again, Func<bool> holds)
    {
        for (var tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 200, "it never happened");
            again();
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }
}
