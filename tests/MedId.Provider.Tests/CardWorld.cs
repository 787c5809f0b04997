using MedId.Cryptography;
using MedId.Jpki.Certificates;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Provider.Tests;

/// <summary>A synthetic card and its authority beside <see cref="ProviderWorld"/>; evidence is minted, nothing is fetched.</summary>
internal sealed class CardWorld : IJpkiEvidenceSource
{
    public const string Terminal = "terminal-1-clinic-a";

    private readonly JpkiWorld _world = JpkiWorld.Create("provider", options: new() { Now = ProviderWorld.Start });
    private readonly KeyedDigest _subjects = new(new byte[32]);
    private readonly JpkiSignInService _cards;
    private readonly ApplicationFormService _forms;

    private CardWorld(ProviderWorld provider)
    {
        Provider = provider;
        Card = SoftwareJpkiCard.Issue(_world);
        var policy = new JpkiVerifierPolicy(JpkiStanding.OwnTest)
        {
            Anchors = [.. _world.Production.Roots.Select(root => TrustAnchor.FromCertificate(Certificate.Parse(root.Der).Value!))],
            Revocation = RevocationRequirement.Leaf,
        };
        _cards = new(new LocalJpkiIdentityVerifier(policy, this, provider.Time), _subjects, provider.Time);
        Acts = new(provider.Store, provider.Options, provider.Requests, _cards, provider.Time);
        Desk = new(provider.Store, provider.Options, provider.Time);
        _forms = new(new LocalJpkiIdentityVerifier(policy, this, provider.Time), provider.Time);
        Proofing = new(provider.Store, provider.Options, provider.Desk, new JpkiAccountResolver(_subjects, Links), new AccountDigests(new KeyedDigest(new byte[32])), provider.Time);
    }

    public ProviderWorld Provider { get; }

    public TerminalActs Acts { get; }

    public CardDesk Desk { get; }

    public ProofingDesk Proofing { get; }

    public CardLinks Links { get; } = new();

    public SoftwareJpkiCard Card { get; private set; }

    /// <summary>Withholds the CRL, as a responder that cannot be reached does.</summary>
    public bool WithoutEvidence { get; set; }

    public static ClinicTerminal Place { get; } = new() { ClientId = Terminal, InstitutionId = "synthetic-org", Institution = "架空クリニック", Serves = [ProviderWorld.Ehr] };

    /// <summary>The account's card is bound; there is no phone.</summary>
    public static async Task<CardWorld> BoundAsync(Action<ProviderOptions>? configure = null)
    {
        var provider = await ProviderWorld.WithAccountAsync(options =>
        {
            options.Terminals.Add(Place);
            options.AcrTable = new([new() { Acr = "urn:example:card", Edition = Core.AssuranceEdition.Nist80063Rev4, MinimumAal = Core.AuthenticatorAssuranceLevel.Aal2, Protocols = ["jpki"] }]);
            configure?.Invoke(options);
        });
        var world = new CardWorld(provider);
        Assert.Null((await world.BindAsync(ProviderWorld.PatientA)).Error);
        return world;
    }

    public async Task<Core.MedIdResult<Core.Unit>> BindAsync(string account) =>
        await Desk.BindAsync((await Provider.Desk.IssueTicketAsync(account, ProviderWorld.Proofed)).Value!, await SignInAsync());

    /// <summary>A sign-in at the proofing desk.</summary>
    public async Task<JpkiSignIn> SignInAsync(string audience = ProviderWorld.Issuer)
    {
        var challenge = JpkiSignInChallenge.Create(audience, Provider.Time.GetUtcNow());
        var decision = await _cards.VerifyAsync(challenge, audience, await SignAsync(challenge.ToBytes()), Card.AuthenticationCertificate.Der);
        Assert.Null(decision.Error);
        return decision.SignIn!;
    }

    public void TakeCardOf(JpkiPerson person) => Card = SoftwareJpkiCard.Issue(_world, new() { Person = person });

    public void Revoke() => _world.IssuerOf(Card.AuthenticationCertificate).Revoke(Card.AuthenticationCertificate);

    /// <summary>A form that the card signed, verified; the nonce is the desk's unless another is given.</summary>
    public async Task<ApplicationFormEvidence> SignedFormAsync(string? nonce = null, bool expectNonce = true)
    {
        nonce ??= await Proofing.BeginAsync(TimeSpan.FromHours(1));
        var document = System.Text.Encoding.UTF8.GetBytes(nonce);
        Assert.True(Card.EnterPassword("LABSIGN1").Accepted);
        var signed = new SignedApplicationForm
        {
            Format = FormSignatureFormat.Pkcs1,
            Document = document,
            Signature = await Card.OpenSigningKey().SignAsync(document),
            Certificate = Certificate.Parse(Card.ReadSigningCertificate().Der).Value!,
            Read = covered => new ApplicationForm
            {
                Name = JpkiPerson.Yamada.Name,
                Address = JpkiPerson.Yamada.Address,
                Gender = JpkiGender.Male,
                BirthDate = DateOnly.ParseExact(JpkiPerson.Yamada.BirthDate![1..], "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture),
                Nonce = System.Text.Encoding.UTF8.GetString(covered.Span),
            },
            ExpectedNonce = expectNonce ? nonce : null,
        };
        Card.Remove();
        var decision = await _forms.VerifyAsync(signed);
        Assert.Null(decision.Error);
        return decision.Evidence!;
    }

    public async Task<byte[]> SignAsync(byte[] data)
    {
        Assert.True(Card.EnterPin("1234").Accepted);
        var signature = await Card.OpenAuthenticationKey().SignAsync(data);
        Card.Remove();
        return signature;
    }

    /// <summary>The card answers an act.</summary>
    public async Task<Core.MedIdResult<IReadOnlyList<WaitingRequest>>> AnswerAsync(TerminalAct act, string terminal = Terminal, byte[]? signature = null, byte[]? certificate = null) =>
        await Acts.CompleteAsync(terminal, act.Id, signature ?? await SignAsync(act.Challenge), certificate ?? Card.AuthenticationCertificate.Der);

    public async Task<Core.MedIdResult<IReadOnlyList<WaitingRequest>>> OpenAsync(string terminal = Terminal)
    {
        var act = await Acts.BeginSignInAsync(terminal);
        return act.Succeeded ? await AnswerAsync(act.Value, terminal) : act.Error;
    }

    public async Task<TerminalAct> ChooseAsync(string[]? granted = null)
    {
        var waiting = (await OpenAsync()).Value![0];
        return (await Acts.ChooseAsync(Terminal, waiting.DeviceToken, waiting.RequestId, confirmed: true, granted ?? [ProviderWorld.Basic, ProviderWorld.Medication])).Value!;
    }

    public Task<PathEvidence> GatherAsync(Certificate certificate, JpkiCheckPurpose purpose, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        Task.FromResult(WithoutEvidence ? PathEvidence.Empty : new PathEvidence
        {
            Crls = [.. Issuers().Select(issuer => CertificateRevocationList.Parse(_world.Production.CreateCrl(issuer, JpkiPerson.Yamada)).Value!)],
        });

    private IEnumerable<TestAuthority> Issuers() => [_world.Production.Signing[^2], _world.Production.Signing[^1], _world.Production.Authentication[^2], _world.Production.Authentication[^1]];
}
