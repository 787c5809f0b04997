using MedId.Core;
using MedId.Jpki.Certificates;
using MedId.Testing;

namespace MedId.Provider.Tests;

/// <summary>Row A8: from an application form that a card signed to an account that can enrol a phone.</summary>
public class ProofingTests
{
    [Fact]
    public async Task Proof_FormSignedByACard_GivesANewAccountWithATicket()
    {
        var world = await CardWorld.BoundAsync();

        var proofed = (await world.Proofing.ProofAsync(await world.SignedFormAsync(), "ja")).Value!;

        Assert.True(proofed.IsNew);
        var account = (await world.Provider.Store.FindAccountAsync(TenantId.Single, proofed.AccountId))!;
        Assert.Equal(AccountStatus.Active, account.Status);
        Assert.Equal(ProviderWorld.Start, account.ProofedAt);
        Assert.Equal(TicketStatus.Open, (await world.Provider.Store.FindTicketAsync(TenantId.Single, Cryptography.SecretDigest.Compute(EnrolmentDesk.TicketLabel, proofed.Ticket), ProviderWorld.Start)).Status);
    }

    [Fact]
    public async Task Proof_SameCertificateAgain_IsTheSameAccount()
    {
        var world = await CardWorld.BoundAsync();
        var first = (await world.Proofing.ProofAsync(await world.SignedFormAsync(), "ja")).Value!;

        var second = (await world.Proofing.ProofAsync(await world.SignedFormAsync(), "ja")).Value!;

        Assert.False(second.IsNew);
        Assert.Equal(first.AccountId, second.AccountId);
    }

    [Fact]
    public async Task Proof_TwoAtOnce_GiveOneAccount()
    {
        var world = await CardWorld.BoundAsync();
        var forms = (await world.SignedFormAsync(), await world.SignedFormAsync());

        var proofed = await Task.WhenAll(world.Proofing.ProofAsync(forms.Item1, "ja").AsTask(), world.Proofing.ProofAsync(forms.Item2, "ja").AsTask());

        Assert.Equal(proofed[0].Value!.AccountId, proofed[1].Value!.AccountId);
    }

    [Fact]
    public async Task Proof_AccountThatAppearedMeanwhile_KeepsWhatOthersWroteIntoIt()
    {
        var world = await CardWorld.BoundAsync();
        var first = (await world.Proofing.ProofAsync(await world.SignedFormAsync(), "ja")).Value!;

        // As the second of two proofings at once sees it: nobody is known by the certificate, and the account is there.
        var account = (await world.Provider.Store.FindAccountAsync(TenantId.Single, first.AccountId))!;
        await world.Provider.Store.PutAccountAsync(account with { HintDigests = ["of-a-login-id"], UserCodeDigest = "of-a-code" });

        var second = (await world.Proofing.ProofAsync(await world.SignedFormAsync(), "ja")).Value!;

        Assert.False(second.IsNew);
        var kept = (await world.Provider.Store.FindAccountAsync(TenantId.Single, second.AccountId))!;
        Assert.Equal(first.AccountId, second.AccountId);
        Assert.Equal("of-a-code", kept.UserCodeDigest);
        Assert.Contains("of-a-login-id", kept.HintDigests);
    }

    [Fact]
    public async Task Proof_NewCertificateAfterAMove_FindsTheOldAccountOverTheLinks()
    {
        var world = await CardWorld.BoundAsync();
        var before = await world.SignedFormAsync();
        var first = (await world.Proofing.ProofAsync(before, "ja")).Value!;
        world.TakeCardOf(JpkiPerson.Yamada);
        var after = await world.SignedFormAsync();
        world.Links.Link(before.Identity.Reference!, after.Identity.Reference!);

        var moved = (await world.Proofing.ProofAsync(after, "ja")).Value!;

        Assert.False(moved.IsNew);
        Assert.Equal(first.AccountId, moved.AccountId);
        Assert.Equal(first.AccountId, (await world.Proofing.FindAccountAsync(after.Identity)).Value);
    }

    [Fact]
    public async Task Proof_LinksCannotBeAsked_MakesNoAccount()
    {
        var world = await CardWorld.BoundAsync();
        var form = await world.SignedFormAsync();
        world.Links.Unreachable = true;

        Assert.Equal(JpkiErrorCodes.LinkUnavailable, (await world.Proofing.ProofAsync(form, "ja")).Error?.Code);
    }

    [Fact]
    public async Task Proof_SameFormTwice_CountsOnce()
    {
        var world = await CardWorld.BoundAsync();
        var form = await world.SignedFormAsync();
        Assert.True((await world.Proofing.ProofAsync(form, "ja")).Succeeded);

        Assert.Equal(ProviderErrorCodes.CeremonyUnknown, (await world.Proofing.ProofAsync(form, "ja")).Error?.Code);
    }

    [Fact]
    public async Task Proof_NonceOfNobody_IsRefused()
    {
        var world = await CardWorld.BoundAsync();

        Assert.Equal(ProviderErrorCodes.CeremonyUnknown, (await world.Proofing.ProofAsync(await world.SignedFormAsync("a-nonce-that-nobody-gave"), "ja")).Error?.Code);
    }

    [Fact]
    public async Task Proof_FormVerifiedWithoutANonce_IsRefused()
    {
        var world = await CardWorld.BoundAsync();

        Assert.Equal(ProviderErrorCodes.CeremonyUnknown, (await world.Proofing.ProofAsync(await world.SignedFormAsync(expectNonce: false), "ja")).Error?.Code);
    }

    [Fact]
    public async Task Proof_AtTheEndOfTheNonce_IsRefused()
    {
        var world = await CardWorld.BoundAsync();
        var form = await world.SignedFormAsync();
        world.Provider.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(ProviderErrorCodes.CeremonyUnknown, (await world.Proofing.ProofAsync(form, "ja")).Error?.Code);
    }

    [Fact]
    public async Task Proof_SuspendedAccount_GetsNoTicket()
    {
        var world = await CardWorld.BoundAsync();
        var first = (await world.Proofing.ProofAsync(await world.SignedFormAsync(), "ja")).Value!;
        await world.Provider.Store.SetAccountStatusAsync(TenantId.Single, first.AccountId, AccountStatus.Suspended, ProviderWorld.Start);

        Assert.Equal(ProviderErrorCodes.AccountSuspended, (await world.Proofing.ProofAsync(await world.SignedFormAsync(), "ja")).Error?.Code);
    }

    [Fact]
    public async Task FindAccount_CardLinkedToTheProofedCertificate_IsThatPerson()
    {
        var world = await CardWorld.BoundAsync();
        world.TakeCardOf(JpkiPerson.Yamada);
        var form = await world.SignedFormAsync();
        var proofed = (await world.Proofing.ProofAsync(form, "ja")).Value!;
        var card = await world.SignInAsync();

        Assert.Equal(ProviderErrorCodes.CardNotBound, (await world.Proofing.FindAccountAsync(card.Identity)).Error?.Code);
        world.Links.Link(form.Identity.Reference!, card.Identity.Reference!);
        Assert.Equal(proofed.AccountId, (await world.Proofing.FindAccountAsync(card.Identity)).Value);
    }
}
