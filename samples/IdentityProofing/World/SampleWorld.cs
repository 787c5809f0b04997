using System.Security.Cryptography;
using MedId.Cryptography;
using MedId.Fido.Uaf;
using MedId.Jpki.Certificates;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Samples.IdentityProofing;

/// <summary>The authorities, the person and the keys of one run. Everything is synthetic; the authorities serve OCSP and CRLs on the loopback interface.</summary>
internal sealed class SampleWorld : IAsyncDisposable
{
    private readonly HttpClient _authorityHttp;
    private readonly EvidenceGatherer _jpkiGatherer;

    private SampleWorld(TestAuthorityServer authorities, JpkiStanding standing, FreshnessPolicy freshness)
    {
        Authorities = authorities;
        var options = new TestAuthorityOptions { Now = DateTimeOffset.UtcNow, BaseUri = authorities.BaseUri };
        Jpki = JpkiWorld.Create("identity proofing sample", options: options);
        Hpki = HpkiWorld.Create("identity proofing sample", options);
        authorities.Add(Jpki.Production);
        authorities.Add(Hpki);
        Card = SoftwareJpkiCard.Issue(Jpki);
        DoctorCard = SoftwareHpkiCard.Issue(Hpki);
        var addresses = new EvidenceAddressRules { DangerouslyAllowLoopback = true };
        _authorityHttp = new HttpClient(addresses.CreateHandler());
        _jpkiGatherer = new(_authorityHttp, new() { Addresses = addresses, Freshness = freshness, Scope = RevocationScope.Leaf, OcspByPostOnly = true }, Ledger);
        HpkiGatherer = new(_authorityHttp, new() { Addresses = addresses });
        TrustAnchor[] anchors = [.. Jpki.Production.Roots.Select(Anchor)];
        var policy = new JpkiVerifierPolicy(standing) { Anchors = anchors, Revocation = RevocationRequirement.Leaf };
        CardVerifier = new LocalJpkiIdentityVerifier(policy, new GatheringEvidenceSource(_jpkiGatherer, policy, Ledger), TimeProvider.System);
        HpkiAnchors = [Anchor(Hpki.Root.Certificate)];
        HpkiAuthorities = [.. Hpki.Intermediates.Select(Read)];
        var model = SoftwareUafModel.Create();
        Phone = new(model);
        PhoneModel = UafMetadataStatement.Parse(model.MetadataStatement).Value!;
        Link(Card);
    }

    public TestAuthorityServer Authorities { get; }

    public JpkiWorld Jpki { get; }

    public HpkiWorld Hpki { get; }

    public SoftwareJpkiCard Card { get; private set; }

    public SoftwareHpkiCard DoctorCard { get; }

    public SoftwareUafAuthenticator Phone { get; }

    public UafMetadataStatement PhoneModel { get; }

    public IJpkiIdentityVerifier CardVerifier { get; set; }

    public LinkingInformation Links { get; } = new();

    public SamplePush Push { get; } = new();

    /// <summary>What asking about the person's certificates would cost.</summary>
    public JpkiCostLedger Ledger { get; } = new();

    public EvidenceGatherer HpkiGatherer { get; }

    public IReadOnlyCollection<TrustAnchor> HpkiAnchors { get; }

    public IReadOnlyList<Certificate> HpkiAuthorities { get; }

    public byte[] DigestKey { get; } = RandomNumberGenerator.GetBytes(32);

    public KeyedDigest SubjectKeys => new(DigestKey);

    public LocalSigningKey OpKey { get; } = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

    public LocalSigningKey EhrKey { get; } = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

    public LocalSigningKey TerminalKey { get; } = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

    public static async Task<SampleWorld> StartAsync(JpkiStanding standing, FreshnessPolicy freshness, CancellationToken cancellationToken) =>
        new(await TestAuthorityServer.StartAsync(cancellationToken), standing, freshness);

    /// <summary>The person moves house: the old signing certificate is revoked, a card with new certificates comes, and JPKI links the new ones to the old.</summary>
    public void MoveHouse()
    {
        const int affiliationChanged = 3;
        var old = Card;
        old.EnterPassword("LABSIGN1");
        var before = Reference(old.ReadSigningCertificate(), JpkiCertificateKind.Sign);
        Jpki.IssuerOf(old.ReadSigningCertificate()).Revoke(old.ReadSigningCertificate(), affiliationChanged);
        old.Remove();
        Card = SoftwareJpkiCard.Issue(Jpki);
        Link(Card, before);
    }

    /// <summary>Another card, of somebody else or of nobody.</summary>
    public SoftwareJpkiCard ForeignCard() => SoftwareJpkiCard.Issue(Jpki);

    public async ValueTask DisposeAsync()
    {
        _jpkiGatherer.Dispose();
        HpkiGatherer.Dispose();
        _authorityHttp.Dispose();
        OpKey.Dispose();
        EhrKey.Dispose();
        TerminalKey.Dispose();
        await Authorities.DisposeAsync();
    }

    private static Certificate Read(TestCertificate certificate) => Certificate.Parse(certificate.Der).Value!;

    private static TrustAnchor Anchor(TestCertificate root) => TrustAnchor.FromCertificate(Read(root));

    private static JpkiCertificateReference Reference(TestCertificate certificate, JpkiCertificateKind kind) =>
        new(kind, JpkiCarrier.Card, MedId.Jpki.Certificates.JpkiHierarchy.Production, certificate.SerialNumber);

    private void Link(SoftwareJpkiCard card, params JpkiCertificateReference[] before)
    {
        card.EnterPassword("LABSIGN1");
        Links.Link([Reference(card.ReadSigningCertificate(), JpkiCertificateKind.Sign), Reference(card.AuthenticationCertificate, JpkiCertificateKind.Authenticate), .. before]);
        card.Remove();
    }
}
