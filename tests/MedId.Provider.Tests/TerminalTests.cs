using MedId.Ciba.Server;
using MedId.Core;
using MedId.Jpki.Certificates;
using MedId.Testing;

namespace MedId.Provider.Tests;

/// <summary>Row A18: the My Number card at a clinic terminal is the authentication device of a CIBA request.</summary>
public class TerminalTests
{
    [Fact]
    public async Task Consent_ByCardAtATerminal_ApprovesWithItsOwnClassMethodsAndPlace()
    {
        var world = await CardWorld.BoundAsync();
        var request = await world.Provider.OpenRequestAsync();

        var answered = await world.AnswerAsync(await world.ChooseAsync([ProviderWorld.Medication]));

        Assert.Null(answered.Error);
        var approved = (await world.Provider.Store.FindRequestAsync(TenantId.Single, request.Id))!;
        Assert.Equal(CibaStatus.Approved, approved.Status);
        Assert.Equal("urn:example:card", approved.Grant!.Acr);
        Assert.Equal(["hwk", "sc", "pin", "mfa"], approved.Grant.Amr);
        Assert.Equal(["openid", ProviderWorld.Medication], approved.Grant.Scopes);
        var consent = (await world.Provider.Store.FindConsentAsync(TenantId.Single, approved.Grant.ConsentId!))!;
        Assert.Equal(new ConsentTerminal("synthetic-org", "架空クリニック", CardWorld.Terminal), consent.Act.Terminal);
        Assert.Equal("jpki", consent.Act.Protocol);
        Assert.Equal("nist-800-63-4/AAL2", consent.Act.Assurance);
        Assert.Null(consent.Act.PublicKey);
    }

    [Fact]
    public async Task Consent_RecordOfTheAct_LeadsFromChoiceToWhatTheCardSigned()
    {
        var world = await CardWorld.BoundAsync();
        var request = await world.Provider.OpenRequestAsync();
        var act = await world.ChooseAsync();

        Assert.Null((await world.AnswerAsync(act)).Error);

        var approved = (await world.Provider.Store.FindRequestAsync(TenantId.Single, request.Id))!;
        var consent = (await world.Provider.Store.FindConsentAsync(TenantId.Single, approved.Grant!.ConsentId!))!;
        Assert.Equal(act.Digest, ConsentDigest.Compute(consent.Notice.Notice, consent.Notice.Choice));
        Assert.Contains(Challenge.Consent(act.Nonce!, act.Digest!), consent.Act.SignedContent, StringComparison.Ordinal);
        Assert.EndsWith(act.Nonce!, consent.Act.SignedContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Act_CardReportedLostMeanwhile_IsRefusedAtBothActs()
    {
        var world = await CardWorld.BoundAsync();
        await world.Provider.OpenRequestAsync();
        var act = await world.ChooseAsync();
        var store = world.Provider.Store;
        var card = (await store.ListDevicesAsync(TenantId.Single, ProviderWorld.PatientA))[0];
        var lost = await store.ChangeDeviceAsync(new()
        {
            Tenant = TenantId.Single,
            AccountId = ProviderWorld.PatientA,
            DeviceId = card.Id,
            Event = DeviceEvent.ReportLost,
            Actor = LifeCycleActor.Clerk("synthetic-clerk", "synthetic-org"),
            At = ProviderWorld.Start,
        });
        Assert.Null(lost.Error);

        Assert.Equal(ProviderErrorCodes.DeviceLost, (await world.AnswerAsync(act)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.DeviceLost, (await world.OpenAsync()).Error?.Code);
    }

    [Fact]
    public async Task SignIn_NothingWaits_SaysSo()
    {
        var world = await CardWorld.BoundAsync();

        Assert.Equal(ProviderErrorCodes.NothingWaiting, (await world.OpenAsync()).Error?.Code);
    }

    [Fact]
    public async Task SignIn_RequestOfAClientThatTheTerminalDoesNotServe_IsNotShown()
    {
        var world = await CardWorld.BoundAsync(options => options.Terminals[0] = CardWorld.Place with { Serves = ["ehr-of-somebody-else"] });
        await world.Provider.OpenRequestAsync();

        Assert.Equal(ProviderErrorCodes.NothingWaiting, (await world.OpenAsync()).Error?.Code);
    }

    [Fact]
    public async Task SignIn_ClientThatIsNoTerminal_IsUnknown()
    {
        var world = await CardWorld.BoundAsync();

        Assert.Equal(ProviderErrorCodes.TerminalUnknown, (await world.OpenAsync(ProviderWorld.Ehr)).Error?.Code);
    }

    [Fact]
    public async Task Answer_ActOfAnotherTerminal_IsUnknown()
    {
        var world = await CardWorld.BoundAsync(options => options.Terminals.Add(CardWorld.Place with { ClientId = "terminal-2" }));
        var act = (await world.Acts.BeginSignInAsync(CardWorld.Terminal)).Value!;

        Assert.Equal(ProviderErrorCodes.CeremonyUnknown, (await world.AnswerAsync(act, "terminal-2")).Error?.Code);
    }

    [Fact]
    public async Task Answer_SentTwice_CountsOnce()
    {
        var world = await CardWorld.BoundAsync();
        await world.Provider.OpenRequestAsync();
        var act = (await world.Acts.BeginSignInAsync(CardWorld.Terminal)).Value!;
        var signature = await world.SignAsync(act.Challenge);

        Assert.Null((await world.AnswerAsync(act, signature: signature)).Error);
        Assert.Equal(ProviderErrorCodes.CeremonyUnknown, (await world.AnswerAsync(act, signature: signature)).Error?.Code);
    }

    [Fact]
    public async Task Answer_OneBitFlipped_IsRefusedAndUsedUp()
    {
        var world = await CardWorld.BoundAsync();
        await world.Provider.OpenRequestAsync();
        var act = (await world.Acts.BeginSignInAsync(CardWorld.Terminal)).Value!;
        var signature = await world.SignAsync(act.Challenge);
        signature[^1] ^= 1;

        Assert.Equal(JpkiErrorCodes.SignatureInvalid, (await world.AnswerAsync(act, signature: signature)).Error?.Code);
        Assert.Equal(ProviderErrorCodes.CeremonyUnknown, (await world.AnswerAsync(act)).Error?.Code);
    }

    [Fact]
    public async Task Answer_AtTheEndOfItsTime_IsUnknown()
    {
        var world = await CardWorld.BoundAsync();
        var act = (await world.Acts.BeginSignInAsync(CardWorld.Terminal)).Value!;
        world.Provider.Time.Advance(act.Lifetime);

        Assert.Equal(ProviderErrorCodes.CeremonyUnknown, (await world.AnswerAsync(act)).Error?.Code);
    }

    [Fact]
    public async Task SignIn_CardRevoked_IsRefused()
    {
        var world = await CardWorld.BoundAsync();
        await world.Provider.OpenRequestAsync();
        world.Revoke();

        Assert.Equal(Pki.PkiErrorCodes.Revoked, (await world.OpenAsync()).Error?.Code);
    }

    [Fact]
    public async Task SignIn_RevocationCannotBeProven_FailsClosed()
    {
        var world = await CardWorld.BoundAsync();
        await world.Provider.OpenRequestAsync();
        world.WithoutEvidence = true;

        Assert.NotNull((await world.OpenAsync()).Error);
    }

    [Fact]
    public async Task SignIn_CardOfSomebodyWhoWasNotProofed_IsNotBound()
    {
        var world = await CardWorld.BoundAsync();
        await world.Provider.OpenRequestAsync();
        world.TakeCardOf(JpkiPerson.Yamada);

        Assert.Equal(ProviderErrorCodes.CardNotBound, (await world.OpenAsync()).Error?.Code);
    }

    [Fact]
    public async Task Consent_AnotherPersonsCardForTheLastAct_IsRefused()
    {
        var world = await CardWorld.BoundAsync();
        await world.Provider.PutAccountAsync("synthetic-account-b");
        await world.Provider.OpenRequestAsync();
        var act = await world.ChooseAsync();
        world.TakeCardOf(JpkiPerson.Yamada);
        Assert.Null((await world.BindAsync("synthetic-account-b")).Error);

        Assert.Equal(ProviderErrorCodes.CardOfAnotherPerson, (await world.AnswerAsync(act)).Error?.Code);
    }

    [Fact]
    public async Task Consent_ClassThatNoCardReaches_IsNotMet()
    {
        var world = await CardWorld.BoundAsync(options => options.AcrTable = new([new() { Acr = "urn:example:aal3", Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = AuthenticatorAssuranceLevel.Aal3, Protocols = ["jpki"] }]));
        await world.Provider.OpenRequestAsync(acrValues: ["urn:example:aal3"]);

        Assert.Equal(ProviderErrorCodes.AcrNotMet, (await world.AnswerAsync(await world.ChooseAsync())).Error?.Code);
    }

    [Fact]
    public async Task Choose_NotConfirmed_IsRefused()
    {
        var world = await CardWorld.BoundAsync();
        await world.Provider.OpenRequestAsync();
        var waiting = (await world.OpenAsync()).Value![0];

        var act = await world.Acts.ChooseAsync(CardWorld.Terminal, waiting.DeviceToken, waiting.RequestId, confirmed: false, [ProviderWorld.Basic]);

        Assert.Equal(ProviderErrorCodes.ChoiceRefused, act.Error?.Code);
    }

    [Fact]
    public async Task Deny_AtATerminal_NeedsNoSecondPin()
    {
        var world = await CardWorld.BoundAsync();
        await world.Provider.OpenRequestAsync();
        var waiting = (await world.OpenAsync()).Value![0];

        Assert.True((await world.Provider.Requests.DenyAsync(waiting.DeviceToken, waiting.RequestId)).Succeeded);
        Assert.Equal(CibaStatus.Denied, (await world.Provider.Store.FindRequestAsync(TenantId.Single, waiting.RequestId))!.Status);
    }

    [Fact]
    public async Task Bind_SameCardTwice_IsBoundAlready()
    {
        var world = await CardWorld.BoundAsync();

        Assert.Equal(ProviderErrorCodes.CardBound, (await world.BindAsync(ProviderWorld.PatientA)).Error?.Code);
    }

    [Fact]
    public async Task Bind_SignInForAnotherAudience_IsRefused()
    {
        var world = await CardWorld.BoundAsync();
        var ticket = (await world.Provider.Desk.IssueTicketAsync(ProviderWorld.PatientA, ProviderWorld.Proofed)).Value!;

        Assert.Equal(ProviderErrorCodes.CardForeign, (await world.Desk.BindAsync(ticket, await world.SignInAsync("https://elsewhere.example"))).Error?.Code);
    }

    [Fact]
    public async Task Bind_TicketUsedBefore_IsReplayed()
    {
        var world = await CardWorld.BoundAsync();
        var ticket = (await world.Provider.Desk.IssueTicketAsync(ProviderWorld.PatientA, ProviderWorld.Proofed)).Value!;
        world.TakeCardOf(JpkiPerson.Yamada);
        Assert.Null((await world.Desk.BindAsync(ticket, await world.SignInAsync())).Error);

        Assert.Equal(ProviderErrorCodes.TicketReplayed, (await world.Desk.BindAsync(ticket, await world.SignInAsync())).Error?.Code);
    }

    [Fact]
    public async Task Phone_BesideACard_IsAnnouncedToAndStillActs()
    {
        var world = await CardWorld.BoundAsync(options => options.AcrTable = new([new() { Acr = "urn:cibatest:auth:fido", Edition = AssuranceEdition.Nist80063Rev4, MinimumAal = AuthenticatorAssuranceLevel.None, Protocols = ["fido-uaf"] }]));
        Assert.Null((await world.Provider.EnrolAsync()).Error);
        world.TakeCardOf(JpkiPerson.Yamada);
        Assert.Null((await world.BindAsync(ProviderWorld.PatientA)).Error);
        var request = await world.Provider.OpenRequestAsync();

        await world.Provider.Opener.NotifyAsync(request);

        Assert.Equal((ProviderWorld.PushAddress, request.Id), Assert.Single(world.Provider.Announced));
        Assert.Null((await world.Provider.ConsentAsync(request)).Error);
    }
}
