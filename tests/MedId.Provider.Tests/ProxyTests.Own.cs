using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider.Tests;

/// <content>What somebody for whom a proxy decides may do by themselves.</content>
public sealed partial class ProxyTests
{
    // 15 on 2027-04-02 in Japan, which begins at 15:00 UTC of the day before.
    private static readonly DateTimeOffset DecidesAlone = new(2027, 4, 1, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Compose_WhoDoesNotDecideAlone_AgreesToNothingBeforehand()
    {
        var scene = await Scene.StartAsync(childHasPhone: true);
        await scene.RegisterAsync();

        Assert.Equal(ProviderErrorCodes.DecidedByProxy, await ComposeAsync(scene));

        scene.World.Time.Advance(DecidesAlone - scene.World.Time.GetUtcNow() - TimeSpan.FromSeconds(1));
        Assert.Equal(ProviderErrorCodes.DecidedByProxy, await ComposeAsync(scene));
        scene.World.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ProviderErrorCodes.RecipientUnknown, await ComposeAsync(scene));
    }

    [Fact]
    public async Task Compose_WhileAGuardianStandsInThePlace_IsRefused()
    {
        var scene = await Scene.StartAsync(childHasPhone: true);
        var relation = (await scene.RegisterAsync(order => Guardian(order) with { BornOn = null })).Value!;

        Assert.Equal(ProviderErrorCodes.DecidedByProxy, await ComposeAsync(scene));

        Assert.Null((await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.End, Clerk)).Error);
        Assert.Equal(ProviderErrorCodes.RecipientUnknown, await ComposeAsync(scene));
    }

    [Fact]
    public async Task Appoint_ByAChild_IsRefused()
    {
        var scene = await Scene.StartAsync(childHasPhone: true);
        await scene.RegisterAsync();
        await scene.EnrolAsync(Stranger, "http://127.0.0.1:5999/stranger");
        var agent = (await scene.RegisterAsync(order => Agent(order) with { Proxy = Stranger })).Value!;
        var token = (await scene.SignInAsync(scene.World.Phone, scene.ChildHandle!)).Value!.Token!;

        Assert.Equal(ProviderErrorCodes.DecidedByProxy, (await scene.Relations.ReadAppointmentAsync(token, agent.Id)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.DecidedByProxy, (await scene.Relations.AppointAsync(token, agent.Id, confirmed: true)).Error?.Code);
    }

    [Fact]
    public async Task Register_GuardianOfAMinor_SaysWhenTheMinorComesOfAge()
    {
        var scene = await Scene.StartAsync();
        ProxyOrder OfMinor(ProxyOrder order) => Guardian(order) with { LegalBasis = "guardian-of-minor" };

        Assert.Equal(ProviderErrorCodes.ProxyRefused, (await scene.RegisterAsync(order => OfMinor(order) with { BornOn = null })).Error?.Code);

        Assert.Equal(ComesOfAge, (await scene.RegisterAsync(OfMinor)).Value!.ComesOfAgeAt);
    }

    // A long name of the residence record, characters outside the basic plane with variation selectors, halfwidth kana: all of it is shown as it was written.
    [Theory]
    [InlineData("𠮷\U000E0101野 葛\U000E0100城", 1)]
    [InlineData("ﾏﾘｱ ｶﾞﾙｼｱ", 1)]
    [InlineData("葛\U000E0100", 64)]
    [InlineData("𠮷\U000E0101", 128)]
    public async Task Register_RareAndLongNames_AreKeptAsTheyAre(string part, int times)
    {
        var scene = await Scene.StartAsync();
        var name = string.Concat(Enumerable.Repeat(part, times));

        var relation = (await scene.RegisterAsync(order => order with { PatientName = name })).Value!;

        Assert.Equal(name, relation.PatientName);
        var notice = (await scene.World.Requests.ReadAsync(await scene.ProveAsync(await scene.OpenAsync()), (await scene.World.Store.ListPendingRequestsAsync(TenantId.Single, Child, scene.World.Time.GetUtcNow()))[0].Id)).Value!.Notice;
        Assert.Contains(name, (string?)System.Text.Json.Nodes.JsonNode.Parse(notice)!["intro"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_NameLongerThanTheLongest_IsRefused()
    {
        var scene = await Scene.StartAsync();

        Assert.Equal(ProviderErrorCodes.ProxyRefused, (await scene.RegisterAsync(order => order with { PatientName = new('架', ProxyDesk.LongestName + 1) })).Error?.Code);
        Assert.Equal(ProviderErrorCodes.ProxyRefused, (await scene.RegisterAsync(order => order with { PatientName = "a" + new string('\u0301', 16 * ProxyDesk.LongestName) })).Error?.Code);
        Assert.Equal(ProviderErrorCodes.ProxyRefused, (await scene.RegisterAsync(order => order with { PatientName = "a\uD800" })).Error?.Code);
    }

    private static ProxyOrder Guardian(ProxyOrder order) => order with
    {
        Relationship = ProxyRelationship.Guardian,
        LegalBasis = "guardian-of-adult",
        Evidence = [new("court-order", "架空家庭裁判所", Digest)],
    };

    private static async Task<string?> ComposeAsync(Scene scene)
    {
        var world = scene.World;
        world.Options.StandingConsents = new();
        var token = (await scene.SignInAsync(world.Phone, scene.ChildHandle!)).Value!.Token!;
        var consents = new StandingConsents(world.Store, world.Options, new ConfiguredClients([]), new(world.Store, world, [], world.Time), world.Time);
        return (await consents.ComposeAsync(token, new()
        {
            Kind = StandingConsentKind.PreRegistered,
            Resource = ProviderWorld.Resource,
            Recipients = [ProviderWorld.Ehr],
            Scopes = [ProviderWorld.Basic],
            Purposes = ["TREAT"],
            ValidUntil = world.Time.GetUtcNow().AddDays(7),
            Access = TimeSpan.FromMinutes(10),
        })).Error?.Code;
    }
}
