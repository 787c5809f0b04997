using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Fido.Uaf;
using MedId.Testing;

namespace MedId.Provider.Tests;

/// <content>Relations as the desk registers them.</content>
public sealed partial class ProxyTests
{
    [Theory]
    [InlineData("2012-04-02", "2030-04-01T15:00:00Z")]
    [InlineData("2012-02-29", "2030-02-28T15:00:00Z")]
    [InlineData("2010-02-28", "2028-02-27T15:00:00Z")]
    public async Task Register_Minor_KeepsTheInstantsAndNotTheBirthday(string bornOn, string ofAge)
    {
        var scene = await Scene.StartAsync();
        var relation = (await scene.RegisterAsync(order => order with { BornOn = DateOnly.Parse(bornOn, System.Globalization.CultureInfo.InvariantCulture) })).Value!;

        Assert.Equal(DateTimeOffset.Parse(ofAge, System.Globalization.CultureInfo.InvariantCulture), relation.ComesOfAgeAt);
        Assert.Equal(relation.ComesOfAgeAt!.Value.Year - 3, relation.ConsentsAloneAt!.Value.Year);
    }

    public static TheoryData<string, Func<ProxyOrder, ProxyOrder>> Faults => new()
    {
        { "no evidence", order => order with { Evidence = [] } },
        { "evidence of another relationship", order => order with { Evidence = [new("power-of-attorney", "office", Digest)] } },
        { "evidence without issuer", order => order with { Evidence = [new("family-register", " ", Digest)] } },
        { "evidence without digest", order => order with { Evidence = [new("family-register", "office", "c2hvcnQ")] } },
        { "basis of another relationship", order => order with { LegalBasis = "mandate" } },
        { "no scopes", order => order with { Scopes = [] } },
        { "no FHIR scope", order => order with { Scopes = ["openid"] } },
        { "no purposes", order => order with { Purposes = [] } },
        { "a purpose without words", order => order with { Purposes = ["HMARKT"] } },
        { "longer than its longest", order => order with { ValidUntil = ProviderWorld.Start.AddDays((3 * 366) + 1) } },
        { "over before it began", order => order with { ValidUntil = ProviderWorld.Start } },
        { "a parent of nobody's child", order => order with { BornOn = null } },
        { "of age", order => order with { BornOn = new(2008, 11, 21) } },
        { "two dates", order => order with { ComesOfAgeOn = new(2030, 4, 2) } },
        { "oneself", order => order with { Proxy = Child } },
        { "no name", order => order with { ProxyName = " " } },
        { "a name that turns around", order => order with { PatientName = "a\u202Eb" } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Register_OneFault_IsRefused(string what, Func<ProxyOrder, ProxyOrder> change)
    {
        var scene = await Scene.StartAsync();

        Assert.True((await scene.RegisterAsync(change)).Error is { Code: ProviderErrorCodes.ProxyRefused }, what);

        Assert.Empty(await scene.World.Store.ListProxyRelationsAsync(TenantId.Single, Child));
    }

    [Fact]
    public async Task Change_ByAClerkOfAnotherInstitution_IsUnknown()
    {
        var scene = await Scene.StartAsync();
        var relation = (await scene.RegisterAsync()).Value!;

        Assert.Equal(ProviderErrorCodes.ProxyUnknown, (await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.End, LifeCycleActor.Clerk("other", "other-office"))).Error?.Code);
        Assert.Equal(ProviderErrorCodes.ProxyActive, (await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.Resume, Clerk)).Error?.Code);
        Assert.Null((await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.Suspend, Clerk)).Error);
        Assert.Equal(ProviderErrorCodes.ProxySuspended, (await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.Suspend, Clerk)).Error?.Code);
        Assert.Null((await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.End, LifeCycleActor.Administrator("administrator"))).Error);
        Assert.Equal(ProviderErrorCodes.ProxyEnded, (await scene.Desk.ChangeAsync(relation.Id, ProxyEvent.End, Clerk)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.ProxyUnknown, (await scene.Desk.ChangeAsync("unknown", ProxyEvent.End, Clerk)).Error?.Code);
    }

    [Fact]
    public async Task Register_Agent_StandsOnlyAfterThePersonSignedOnTheirOwnDevice()
    {
        var scene = await Scene.StartAsync(childHasPhone: true, options => options.Asking = ProxyAsking.Both);
        var relation = (await scene.RegisterAsync(Agent)).Value!;
        Assert.Equal(ProxyState.Registered, relation.State);
        var token = (await scene.SignInAsync(scene.World.Phone, scene.ChildHandle!)).Value!.Token!;

        Assert.Equal(ProviderErrorCodes.ChoiceRefused, (await scene.Relations.AppointAsync(token, relation.Id, confirmed: false)).Error?.Code);
        var proxyToken = (await scene.SignInAsync(scene.Phone, scene.ParentHandle!)).Value!.Token!;
        Assert.Equal(ProviderErrorCodes.ProxyUnknown, (await scene.Relations.AppointAsync(proxyToken, relation.Id, confirmed: true)).Error?.Code);
        var notice = JsonNode.Parse((await scene.Relations.ReadAppointmentAsync(token, relation.Id)).Value!.Notice)!;
        Assert.Equal(("架空 太郎", "agent", "委任（民法第643条）"), ((string?)notice["proxy"]!["name"], (string?)notice["proxy"]!["relationship"], (string?)notice["proxy"]!["legal_basis_text"]));
        var act = (await scene.Relations.AppointAsync(token, relation.Id, confirmed: true)).Value!;
        var done = await scene.World.Acts.CompleteAsync(scene.World.Phone.Authenticate(act.UafRequest, ProviderWorld.Facet), ticket: null);

        Assert.Equal(CeremonyKind.Appoint, done.Value?.Kind);
        var stands = (await scene.World.Store.FindProxyRelationAsync(TenantId.Single, relation.Id))!;
        Assert.Equal(ProxyState.Active, stands.State);
        Assert.Equal(act.Digest, stands.Appointment!.Notice.Digest);
        Assert.Equal(ConsentDigest.Compute(stands.Appointment.Notice.Notice, stands.Appointment.Notice.Choice), act.Digest);
        Assert.Equal(ProviderErrorCodes.ProxyActive, (await scene.Relations.AppointAsync(token, relation.Id, confirmed: true)).Error?.Code);
    }

    [Fact]
    public async Task Register_AgentByPaper_StandsAtOnceAndIsEndedByThePerson()
    {
        var scene = await Scene.StartAsync(childHasPhone: true);
        var relation = (await scene.RegisterAsync(order => Agent(order) with { Evidence = [new("power-of-attorney", "office", Digest), new(ProxyOptions.PaperConsent, "office", Digest)] })).Value!;
        Assert.Equal(ProxyState.Active, relation.State);
        var token = (await scene.SignInAsync(scene.World.Phone, scene.ChildHandle!)).Value!.Token!;
        Assert.Equal([(relation.Id, false)], (await scene.Relations.ListAsync(token)).Value!.Select(own => (own.Relation.Id, own.AsProxy)));

        Assert.Null((await scene.Relations.EndAsync(token, relation.Id)).Error);

        Assert.Equal(("ProxyEnd", LifeCycleActorKind.Person), (await scene.Relations.HistoryAsync(token)).Value!.Select(line => (line.Event, line.Actor.Kind)).Last());
        Assert.Equal(ProviderErrorCodes.ProxyEnded, (await scene.Relations.EndAsync(token, relation.Id)).Error?.Code);
    }
}
