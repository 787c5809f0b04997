using MedId.Jpki.Certificates;
using MedId.Pki;
using MedId.Provider;
using MedId.Testing;

namespace MedId.Samples.IdentityProofing;

/// <summary>The scenarios, each with the code at which it has to end.</summary>
internal static class ScenarioTable
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("basic", "a signed form makes an account that enrols a phone; the card signs in, and answers a CIBA request at a clinic's terminal", BasicAsync),
        new("moved", "the person moves house: the certificate ends, the account does not", MovedAsync),
        new("form-differs", "the form names somebody else than the certificate: refused", static async walk =>
            walk.Expect("the person applies under another name", await walk.Person.ApplyAsync(walk.World.Card, name: "山田　次郎"), JpkiErrorCodes.FormDifferent)),
        new("wrong-key", "the form is signed with the key for signing in: refused", static async walk =>
            walk.Expect("the person signs the form with the authentication key", await walk.Person.ApplyAsync(walk.World.Card, withAuthenticationKey: true), JpkiErrorCodes.UseMismatch)),
        new("revoked-card", "the card was reported lost: refused", RevokedAsync),
        new("responder-down", "the OCSP responder gives errors: nothing is accepted, nothing is decided against the person", static async walk =>
        {
            walk.World.Authorities.Misbehave("ocsp", ServerFault.InternalServerError);
            walk.Expect("the person applies while the responder is down", await walk.Person.ApplyAsync(walk.World.Card), PkiErrorCodes.RevocationUnknown);
        }),
        new("links-down", "JPKI's linking information cannot be asked: no account is made on a guess", static async walk =>
        {
            walk.World.Links.IsDown = true;
            walk.Expect("the person applies while linking is down", await walk.Person.ApplyAsync(walk.World.Card), JpkiErrorCodes.LinkUnavailable);
        }),
        new("foreign-card", "somebody who was not proofed puts a card into the terminal: refused", static async walk =>
            walk.Expect("a stranger's card signs in at the terminal", await walk.Terminal.SignInAsync(walk.World.ForeignCard()), ProviderErrorCodes.CardNotBound)),
        new("no-standing", "the operator configured no legal standing: everything is refused, and nobody is asked about the certificate", NoStandingAsync) { Standing = JpkiStanding.None },
    ];

    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);

    private static async Task BasicAsync(Walk walk)
    {
        var (account, ticket) = await walk.ApplyAsync("the card signs the application form; the OP compares it with the certificate and makes an account", isNew: true);
        walk.Expect("the phone is enrolled with the ticket", await walk.Person.EnrolPhoneAsync(walk.World.Phone, ticket), null);
        walk.Expect("the card is bound to the account, by JPKI's linking information", await walk.Person.PresentAsync(walk.World.Card, "/card/binding"), null);
        var signedIn = await walk.Person.PresentAsync(walk.World.Card, "/card/sign-in");
        walk.Expect("the person signs in by challenge and response", signedIn, null);
        walk.Require("it is the same account", signedIn.Text("account") == account);
        await walk.RegisterAtDataServiceAsync(account);
        await walk.ConsentAtTerminalAsync(account);
    }

    private static async Task MovedAsync(Walk walk)
    {
        var (account, _) = await walk.ApplyAsync("the person is proofed", isNew: true);
        var old = walk.World.Card;
        walk.World.MoveHouse();
        walk.Expect("the old certificate is tried once more", await walk.Person.ApplyAsync(old), PkiErrorCodes.Revoked);
        var (after, _) = await walk.ApplyAsync("the person is proofed with the new certificate", isNew: false);
        walk.Require("it is the same account", after == account);
        var signedIn = await walk.Person.PresentAsync(walk.World.Card, "/card/sign-in");
        walk.Expect("the new card signs in", signedIn, null);
        walk.Require("it is the same account still", signedIn.Text("account") == account);
    }

    private static async Task RevokedAsync(Walk walk)
    {
        const int keyCompromise = 1;
        await walk.ApplyAsync("the person is proofed", isNew: true);
        var certificate = walk.World.Card.AuthenticationCertificate;
        walk.World.Jpki.IssuerOf(certificate).Revoke(certificate, keyCompromise);
        walk.Expect("somebody signs in with the lost card", await walk.Person.PresentAsync(walk.World.Card, "/card/sign-in"), PkiErrorCodes.Revoked);
    }

    private static async Task NoStandingAsync(Walk walk)
    {
        walk.Expect("the person applies", await walk.Person.ApplyAsync(walk.World.Card), JpkiErrorCodes.StandingMissing);
        walk.Require("the responder was not asked", walk.World.Authorities.Requests.Count == 0);
    }
}
