using MedId.Core;

namespace MedId.Provider.Tests;

/// <summary>What a desk recorded is told to the person whatever dies between recording and telling: the store's transaction leaves the message.</summary>
public class RecordedTests
{
    [Fact]
    public async Task Recorded_NodeDiedBeforeTelling_AnotherTellsOneDevice()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        var consent = await RecordAsync(scene);

        Assert.Equal(1, await scene.RunAfterAsync(2));

        var sent = Assert.Single(scene.Sent);
        Assert.Equal((OutboxScene.NewAddress, consent.Id, false), (sent.PushAddress, sent.Id, sent.Urgent));
        Assert.Equal(0, await scene.RunAfterAsync(3600));
    }

    [Fact]
    public async Task Recorded_ChannelAway_IsToldLaterOnce()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1);
        scene.Channel = _ => throw new IOException("synthetic");
        await RecordAsync(scene);
        await scene.RunAfterAsync(2);
        Assert.Single(scene.Sent);

        scene.Channel = null;
        await scene.RunAfterAsync(60);
        await scene.RunAfterAsync(3600);

        Assert.Equal(2, scene.Sent.Count);
    }

    [Fact]
    public async Task Recorded_InQuietHours_WaitsForTheirEnd()
    {
        // 09:00 UTC is 18:00 in Japan.
        var scene = await OutboxScene.WithPhonesAsync(configure: options => options.Outbox.QuietHours = new() { From = new(18, 0), To = new(18, 30) });
        await RecordAsync(scene);

        await scene.RunAfterAsync(1700);
        Assert.Empty(scene.Sent);
        await scene.RunAfterAsync(100);

        Assert.Single(scene.Sent);
    }

    [Fact]
    public async Task Recorded_WithdrawnMeanwhile_IsNotTold()
    {
        var scene = await OutboxScene.WithPhonesAsync();
        var consent = await RecordAsync(scene);
        await scene.World.Store.WithdrawStandingConsentAsync(consent.Tenant, consent.Id, consent.Subject, scene.World.Time.GetUtcNow());

        await scene.RunAfterAsync(2);

        Assert.Empty(scene.Sent);
    }

    [Fact]
    public async Task Recorded_NobodyToBeReached_IsGivenUpAfterAWeekAndNotAtItsEnd()
    {
        var scene = await OutboxScene.WithPhonesAsync(configure: options => options.Outbox.LongestPause = TimeSpan.FromHours(6));
        scene.Channel = _ => DeviceDelivery.TryAgain("synthetic.unavailable");
        await RecordAsync(scene);
        await scene.RunAfterAsync(2);
        for (var hours = 0; hours < 160; hours += 2)
        {
            await scene.RunAfterAsync(7200);
        }

        Assert.Empty(scene.GivenUp);
        for (var hours = 0; hours < 8; hours += 2)
        {
            await scene.RunAfterAsync(7200);
        }

        Assert.Equal([(OutboxKinds.Recorded, ProviderErrorCodes.OutboxExpired)], scene.GivenUp);
        var tries = scene.Sent.Count;
        await scene.RunAfterAsync(8 * 3600);
        Assert.Equal(tries, scene.Sent.Count);
    }

    private static async Task<StandingConsent> RecordAsync(OutboxScene scene)
    {
        var now = scene.World.Time.GetUtcNow();
        var consent = new StandingConsent
        {
            Tenant = TenantId.Single,
            Id = "synthetic-standing-consent",
            Subject = ProviderWorld.PatientA,
            Kind = StandingConsentKind.Paper,
            Resource = ProviderWorld.Resource,
            Recipients = [ProviderWorld.Ehr],
            Scopes = [ProviderWorld.Basic],
            Purposes = ["TREAT"],
            Access = TimeSpan.FromMinutes(10),
            GivenAt = now.AddDays(-1),
            RecordedAt = now,
            ValidUntil = now.AddDays(90),
            Notice = new() { Version = "1", TextsVersion = "1", Language = "ja", Notice = "{}", Choice = "{}", Digest = "synthetic" },
            Witness = new() { InstitutionId = "synthetic-1", ClerkId = "synthetic-clerk", At = now },
        };
        await scene.World.Store.AddStandingConsentAsync(consent);
        return consent;
    }
}
