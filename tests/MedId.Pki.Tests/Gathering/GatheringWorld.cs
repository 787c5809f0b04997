using System.Net;
using MedId.Cryptography;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Pki.Tests;

/// <summary>A root, a CA and a holder whose certificates name a server on loopback, and a gatherer that asks it. Synthetic.</summary>
internal sealed class GatheringWorld : IAsyncDisposable
{
    private readonly HttpClient _client;

    private GatheringWorld(TestAuthorityServer server, EvidenceGatheringOptions options, TestKeyKind kind, TimeSpan timeout)
    {
        Server = server;
        Root = TestAuthority.CreateRoot(TestName.Common("LAB root"), new() { BaseUri = server.BaseUri, KeyKind = kind });
        Authority = Root.CreateSubordinate(TestName.Common("LAB CA"));
        Target = Authority.Issue(TestName.Common("LAB holder"));
        server.Add(Root).Add(Authority);
        _client = new(options.Addresses.CreateHandler());
        Gatherer = new(new HttpEvidenceTransport(_client, timeout, ocspByPostOnly: options.OcspByPostOnly), options, Ledger, Clock);
    }

    public static EvidenceGatheringOptions Options { get; } = new() { Addresses = new() { DangerouslyAllowLoopback = true } };

    public static DateTimeOffset Now => RevocationWorld.Now;

    public TestAuthorityServer Server { get; }

    public ManualTimeProvider Clock { get; } = new(RevocationWorld.Now);

    public EvidenceLedger Ledger { get; } = new();

    public TestAuthority Root { get; }

    public TestAuthority Authority { get; }

    public TestCertificate Target { get; }

    public Certificate Certificate => RevocationWorld.Read(Target);

    public TrustAnchor Anchor => TrustAnchor.FromCertificate(RevocationWorld.Read(Root.Certificate));

    public EvidenceGatherer Gatherer { get; }

    public string CrlPath => $"/crl/{Authority.Slug}.crl";

    public string OcspPath => $"/ocsp/{Authority.Slug}";

    public static async Task<GatheringWorld> CreateAsync(EvidenceGatheringOptions? options = null, TestKeyKind kind = TestKeyKind.P256, TimeSpan? timeout = null) =>
        new(await TestAuthorityServer.StartAsync(), options ?? Options, kind, timeout ?? TimeSpan.FromSeconds(10));

    public Task<GatheredEvidence> GatherAsync(PathEvidence? known = null) => Gatherer.GatherAsync(Certificate, [Anchor], known);

    public PathDecision Validate(GatheredEvidence gathered) => PathValidator.Validate(
        Certificate, [Anchor], gathered.Evidence, new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.Chain }, Clock.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        Gatherer.Dispose();
        _client.Dispose();
        await Server.DisposeAsync();
    }
}
