using MedId.Testing;

namespace MedId.Pki.Tests;

/// <summary>The ledger is what the server counts: for every freshness policy, in races, with faults and retries.</summary>
public sealed class EvidenceLedgerTests
{
    public static TheoryData<string, int> Policies => new() { { "always ask", 8 }, { "until nextUpdate", 3 }, { "max age", 4 } };

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task GatherAsync_FreshnessPolicy_DecidesHowOftenTheResponderIsAsked(string policy, int asked)
    {
        // Eight sign-ins, two hours apart; a response is true for twelve hours and five minutes.
        var freshness = policy switch { "always ask" => FreshnessPolicy.AlwaysAsk, "until nextUpdate" => FreshnessPolicy.UntilNextUpdate, _ => FreshnessPolicy.MaxAge(TimeSpan.FromHours(3)) };
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { Freshness = freshness, Scope = RevocationScope.Leaf, Preference = EvidencePreference.OcspOnly });
        var times = new Queue<DateTimeOffset>(Enumerable.Range(0, 8).Select(i => GatheringWorld.Now.AddHours(2 * i)));
        var responder = new TestOcspResponder(world.Authority);
        world.Server.AddFile(world.OcspPath, "application/ocsp-response", () => responder.RespondFor(world.Target, profiles: builder =>
        {
            builder.ProducedAt = world.Clock.GetUtcNow();
            builder.ChangeSingles(single => single with { ThisUpdate = world.Clock.GetUtcNow().AddMinutes(-5), NextUpdate = world.Clock.GetUtcNow().AddHours(policy == "until nextUpdate" ? 5 : 12) });
        }));
        foreach (var time in times)
        {
            world.Clock.SetUtcNow(time);
            var gathered = await world.GatherAsync();
            Assert.Null(gathered.AttemptsFor(world.Certificate).Single(attempt => attempt.Kind == EvidenceKind.Ocsp).Error);
        }

        Assert.Equal(asked, world.Server.Count("ocsp"));
        AssertLedgerIsTheServers(world);
    }

    [Fact]
    public async Task GatherAsync_ManyAtOnce_ShareOneQuery()
    {
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { Freshness = FreshnessPolicy.AlwaysAsk });
        var gathered = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => world.GatherAsync())));

        Assert.All(gathered, one => Assert.True(world.Validate(one).IsAccepted));
        AssertLedgerIsTheServers(world);
        Assert.InRange(world.Server.Requests.Count, 3, 3 * 32);
    }

    [Fact]
    public async Task GatherAsync_WhileAnotherAsksTheSame_WaitsForItsAnswer()
    {
        var world = new RevocationWorld(builder => builder.With(TestExtensions.AuthorityInformationAccess("http://ocsp.lab.invalid/")));
        var transport = new GatedTransport(query => new() { Content = new TestOcspResponder(world.Authority).Respond(query.Request.ToArray()) });
        var ledger = new EvidenceLedger();
        using var gatherer = new EvidenceGatherer(transport, new() { Scope = RevocationScope.Leaf, Freshness = FreshnessPolicy.AlwaysAsk }, ledger, new TestSupport.ManualTimeProvider(RevocationWorld.Now));
        var gatherings = Enumerable.Range(0, 16).Select(_ => gatherer.GatherAsync(world.Certificate, [TrustAnchor.FromCertificate(world.Issuer)])).ToList();
        transport.Open();
        await Task.WhenAll(gatherings);

        Assert.Equal((1, 1), (transport.Count, ledger.Count(EvidenceKind.Ocsp)));
    }

    [Fact]
    public async Task GatherAsync_Retries_AreALineEach()
    {
        await using var world = await GatheringWorld.CreateAsync(
            GatheringWorld.Options with { AttemptsPerAddress = 3, Scope = RevocationScope.Leaf, Preference = EvidencePreference.OcspOnly });
        world.Server.Misbehave("ocsp", ServerFault.Unavailable);
        await world.GatherAsync();

        Assert.Equal(3, world.Server.Count("ocsp"));
        AssertLedgerIsTheServers(world);
        Assert.All(world.Ledger.Entries.Where(entry => entry.Kind == EvidenceKind.Ocsp), entry => Assert.Equal(PkiErrorCodes.GatherHttpStatus, entry.ErrorCode));
    }

    [Fact]
    public async Task RecordAsync_Line_HoldsNothingOfTheCertificate()
    {
        await using var world = await GatheringWorld.CreateAsync();
        await world.GatherAsync();
        var serial = Convert.ToHexString(world.Target.SerialNumber);

        Assert.NotEmpty(world.Ledger.Entries);
        Assert.All(world.Ledger.Entries, entry =>
        {
            Assert.Equal(new Uri(world.Server.BaseUri).Authority, entry.Host);
            Assert.DoesNotContain(serial, entry.ToString(), StringComparison.OrdinalIgnoreCase);
        });
        Assert.All(world.Ledger.Entries.Where(entry => entry.Kind == EvidenceKind.Ocsp), entry => Assert.True(entry is { BytesSent: > 50, BytesReceived: > 100 }));
    }

    [Fact]
    public void PriceOf_Entry_IsByHostThenByKindFromTheDayOn()
    {
        var table = new EvidencePriceTable("JPY", new(2026, 4, 1), "made up for this test", [new(EvidenceKind.Ocsp, null, 2m), new(EvidenceKind.Ocsp, "sign.lab.invalid", 20m)]);
        EvidenceLedgerEntry Entry(EvidenceKind kind, string host, bool sent = true, int days = 0) => new(RevocationWorld.Now.AddDays(days), kind, host, 0, 0, null, sent);

        Assert.Equal(
            [2m, 20m, 0m, 0m, 0m],
            new[] { Entry(EvidenceKind.Ocsp, "a"), Entry(EvidenceKind.Ocsp, "SIGN.lab.invalid"), Entry(EvidenceKind.Crl, "a"), Entry(EvidenceKind.Ocsp, "a", sent: false), Entry(EvidenceKind.Ocsp, "a", days: -1) }
                .Select(table.PriceOf));
    }

    private static void AssertLedgerIsTheServers(GatheringWorld world)
    {
        Assert.Equal(world.Server.Count("ocsp"), world.Ledger.Count(EvidenceKind.Ocsp));
        Assert.Equal(world.Server.Count("crl"), world.Ledger.Count(EvidenceKind.Crl));
        Assert.Equal(world.Server.Count("aia"), world.Ledger.Count(EvidenceKind.IssuerCertificate));
        Assert.Equal(world.Server.Requests.Count, world.Ledger.Entries.Count(entry => entry.MayBeCharged));
    }

    private sealed class GatedTransport(Func<EvidenceQuery, EvidenceAnswer> answer) : IEvidenceTransport
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public int Count => _count;

        public void Open() => _gate.SetResult();

        public async Task<EvidenceAnswer> SendAsync(EvidenceQuery query, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _count);
            await _gate.Task.WaitAsync(cancellationToken);
            return answer(query);
        }
    }
}
