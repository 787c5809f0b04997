using MedId.Pki;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Jpki.Certificates.Tests.Cost;

public sealed class JpkiCostLedgerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, int> Policies { get; } = new()
    {
        { "always", 36 },           // three people, twelve hours, each time
        { "until next update", 3 },  // the responder's answers hold for a day
        { "four hours", 27 },        // the responder's information is of the first hour: from the fifth on it is too old, and asked for each time
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Count_ThreeFreshnessPolicies_IsTheRespondersOwnCount(string policy, int expected)
    {
        await using var server = await TestAuthorityServer.StartAsync(Stop);
        var options = new TestAuthorityOptions { BaseUri = server.BaseUri, Now = Scene.Now };
        var scene = new Scene(JpkiWorld.Create("cost " + policy, options: options));
        var time = new ManualTimeProvider(Scene.Now);
        server.Add(scene.World.Production);
        var ledger = new JpkiCostLedger();
        using var client = new HttpClient();
        using var gatherer = new EvidenceGatherer(
            client,
            new()
            {
                Freshness = policy switch { "always" => FreshnessPolicy.AlwaysAsk, "four hours" => FreshnessPolicy.MaxAge(TimeSpan.FromHours(4)), _ => FreshnessPolicy.UntilNextUpdate },
                Preference = EvidencePreference.OcspOnly,
                Addresses = new() { DangerouslyAllowLoopback = true },
            },
            ledger,
            time);
        var verifierPolicy = scene.Policy();
        var verifier = new LocalJpkiIdentityVerifier(verifierPolicy, new GatheringEvidenceSource(gatherer, verifierPolicy, ledger), time);
        var cards = Enumerable.Range(0, 3).Select(_ => scene.World.IssueAuthentication()).ToList();
        for (var hour = 0; hour < 12; hour++)
        {
            foreach (var card in cards)
            {
                var decision = await verifier.VerifyAsync(new() { Use = JpkiCertificateKind.Authenticate, Message = new byte[] { 1 }, Signature = card.Key.Sign([1]), Certificate = card.Der }, Stop);
                Assert.Null(decision.Error);
            }

            time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(server.Count("ocsp"), ledger.Count(JpkiQuery.Ocsp));
        Assert.Equal(expected, server.Count("ocsp"));
        Assert.All(ledger.Entries, e => Assert.Equal((JpkiCertificateKind.Authenticate, JpkiCheckPurpose.Signature), (e.Kind, e.Purpose)));
        Assert.Equal(new JpkiCost(0, server.Count("ocsp")), ledger.CostBy(JpkiPriceTable.Default));
        var prices = JpkiPriceTable.FromTrustData(TrustDataBundle.Default.Confirm(JpkiPriceTable.Section, "authenticate-ocsp", "our contract"));
        Assert.Equal(new JpkiCost(2 * server.Count("ocsp"), 0), ledger.CostBy(prices));
    }

    [Fact]
    public async Task GatherAsync_CertificateThatIsNotJpki_AsksNobody()
    {
        var scene = new Scene();
        using var gatherer = new EvidenceGatherer(new Unreachable());
        var source = new GatheringEvidenceSource(gatherer, scene.Policy());
        var stranger = TestAuthority.CreateRoot(TestName.Of(("CN", "stranger"))).Issue(TestName.Of(("CN", "x")), b => b.With(TestExtensions.AuthorityInformationAccess("http://stranger.example/ocsp")));

        Assert.Empty((await source.GatherAsync(Scene.Read(stranger), JpkiCheckPurpose.Signature, Scene.Now, Stop)).OcspResponses);
    }

    [Fact]
    public async Task RecordAsync_NextLedger_GetsEveryLine()
    {
        var next = new EvidenceLedger();
        var ledger = new JpkiCostLedger(next);
        await ledger.RecordAsync(new(Scene.Now, EvidenceKind.Crl, "crl.example", 0, 10, null, MayBeCharged: true), Stop);
        await ledger.RecordAsync(new(Scene.Now, EvidenceKind.Ocsp, "ocsp.example", 0, 0, "gather.unreachable", MayBeCharged: false), Stop);
        await ledger.RecordAsync(new(Scene.Now, EvidenceKind.IssuerCertificate, "ca.example", 0, 10, null, MayBeCharged: true), Stop);

        Assert.Equal(3, next.Entries.Count);
        Assert.Equal((1, 0), (ledger.Count(JpkiQuery.Crl), ledger.Count(JpkiQuery.Ocsp)));
        Assert.Equal(new JpkiCost(0, 1), ledger.CostBy(JpkiPriceTable.Default));
    }

    private sealed class Unreachable : IEvidenceTransport
    {
        public Task<EvidenceAnswer> SendAsync(EvidenceQuery query, CancellationToken cancellationToken = default) => throw new InvalidOperationException("asked");
    }
}
