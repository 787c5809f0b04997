using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider.Tests;

public class QuietHoursTests
{
    // The scenes begin at 09:00 UTC, 18:00 in Japan.
    private static readonly QuietHours _now = new() { From = new(17, 0), To = new(18, 3) };

    [Theory]
    [InlineData("2026-11-21T12:59:59Z", null)]
    [InlineData("2026-11-21T13:00:00Z", "2026-11-21T22:00:00Z")]
    [InlineData("2026-11-21T15:00:00Z", "2026-11-21T22:00:00Z")]
    [InlineData("2026-11-21T21:59:59Z", "2026-11-21T22:00:00Z")]
    [InlineData("2026-11-21T22:00:00Z", null)]
    public void EndAfter_OverMidnightInJapan_IsTheMorning(string at, string? end)
    {
        var quiet = new QuietHours { From = new(22, 0), To = new(7, 0) };
        Assert.Equal(end is null ? null : Instant(end), quiet.EndAfter(Instant(at)));
    }

    [Theory]
    [InlineData("2026-11-21T12:59:59Z", null)]
    [InlineData("2026-11-21T13:00:00Z", "2026-11-21T14:30:00Z")]
    [InlineData("2026-11-21T14:30:00Z", null)]
    public void EndAfter_WithinADay_IsThatDay(string at, string? end)
    {
        var quiet = new QuietHours { From = new(13, 0), To = new(14, 30), Zone = TimeZoneInfo.Utc };
        Assert.Equal(end is null ? null : Instant(end), quiet.EndAfter(Instant(at)));
    }

    [Fact]
    public void EndAfter_HourThatDoesNotExist_IsTheNextOne()
    {
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            new(2026, 1, 1), new(2026, 12, 31), TimeSpan.FromHours(1), TimeZoneInfo.TransitionTime.CreateFixedDateRule(new(1, 1, 1, 2, 0, 0), 3, 29), TimeZoneInfo.TransitionTime.CreateFixedDateRule(new(1, 1, 1, 3, 0, 0), 10, 25));
        var zone = TimeZoneInfo.CreateCustomTimeZone("synthetic", TimeSpan.Zero, "synthetic", "synthetic", "synthetic summer", [rule]);
        Assert.Equal(Instant("2026-03-29T02:30:00Z"), new QuietHours { From = new(22, 0), To = new(2, 30), Zone = zone }.EndAfter(Instant("2026-03-28T23:00:00Z")));
    }

    [Theory]
    [InlineData(QuietRequests.Announce, true)]
    [InlineData(QuietRequests.Silent, false)]
    public async Task Request_InQuietHours_IsAnnouncedAsTheOpSays(QuietRequests policy, bool urgent)
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1, options => (options.Outbox.QuietHours, options.Outbox.QuietRequests) = (_now, policy));
        await scene.AskAsync();
        Assert.Equal(urgent, Assert.Single(scene.Sent).Urgent);
    }

    [Fact]
    public async Task Request_HeldBack_IsAnnouncedWhenTheQuietHoursEnd()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1, options => (options.Outbox.QuietHours, options.Outbox.QuietRequests) = (_now, QuietRequests.Hold));
        await scene.AskAsync();
        Assert.Empty(scene.Sent);
        await scene.RunAfterAsync(179);
        Assert.Empty(scene.Sent);
        await scene.RunAfterAsync(1);
        Assert.True(Assert.Single(scene.Sent).Urgent);
    }

    [Fact]
    public async Task Request_ThatWouldEndInQuietHours_IsRefusedAtOnce()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1, options => (options.Outbox.QuietHours, options.Outbox.QuietRequests) = (_now, QuietRequests.Hold));
        var refusal = (await scene.Opener.OpenAsync(scene.World.Validated(await scene.World.EvidenceAsync(), expiry: TimeSpan.FromMinutes(3)))).Refusal!;
        Assert.Equal((ProviderErrorCodes.QuietHours, "access_denied", 403), (refusal.Error.Code, refusal.WireError, refusal.Status));
        Assert.Null((await scene.Opener.OpenAsync(scene.World.Validated(await scene.World.EvidenceAsync(), expiry: TimeSpan.FromMinutes(4)))).Refusal);
    }

    [Fact]
    public async Task Ended_InQuietHours_PartiesAreToldAtOnceAndPhonesAfterwards()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1, options => options.Outbox.QuietHours = _now);
        var consent = await scene.WithdrawAsync(await scene.ConsentAsync());
        Assert.Single(scene.Told);
        Assert.DoesNotContain(scene.Sent, sent => sent.Id == consent.Id);
        await scene.RunAfterAsync(180);
        Assert.Single(scene.Told);
        Assert.False(Assert.Single(scene.Sent, sent => sent.Id == consent.Id).Urgent);
    }

    [Fact]
    public async Task PersonalHours_WinOverTheOps()
    {
        var scene = await OutboxScene.WithPhonesAsync(phones: 1, options => (options.Outbox.QuietHours, options.Outbox.QuietRequests) = (_now, QuietRequests.Silent));
        var personal = new PersonalQuietHours(scene.World.Store, scene.World.Options);
        Assert.Equal((false, null), await personal.FindAsync(ProviderWorld.PatientA));
        Assert.True(await personal.ChooseAsync(ProviderWorld.PatientA, hours: null, scene.World.Time.GetUtcNow()));
        await scene.AskAsync();
        Assert.True(scene.Sent[^1].Urgent);

        var chosen = new QuietHours { From = new(17, 59), To = new(18, 30) };
        Assert.True(await personal.ChooseAsync(ProviderWorld.PatientA, chosen, scene.World.Time.GetUtcNow()));
        var (isChosen, found) = await personal.FindAsync(ProviderWorld.PatientA);
        Assert.Equal((true, chosen.From, chosen.To, chosen.Zone), (isChosen, found!.From, found.To, found.Zone));
        await scene.AskAsync();
        Assert.False(scene.Sent[^1].Urgent);
        await Assert.ThrowsAsync<ArgumentException>(async () => await personal.ChooseAsync(ProviderWorld.PatientA, chosen with { To = chosen.From }, scene.World.Time.GetUtcNow()));
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
