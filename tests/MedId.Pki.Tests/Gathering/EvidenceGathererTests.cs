using MedId.Core;
using MedId.Testing;

namespace MedId.Pki.Tests;

/// <summary>Gathering over HTTP from a server that keeps to the standards.</summary>
public sealed class EvidenceGathererTests
{
    [Theory]
    [InlineData(EvidencePreference.OcspThenCrl, 2, 0)]
    [InlineData(EvidencePreference.CrlThenOcsp, 0, 2)]
    [InlineData(EvidencePreference.Both, 2, 2)]
    [InlineData(EvidencePreference.OcspOnly, 2, 0)]
    [InlineData(EvidencePreference.CrlOnly, 0, 2)]
    public async Task GatherAsync_ServerThatAnswers_GivesWhatAPathNeeds(EvidencePreference preference, int ocsp, int crl)
    {
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { Preference = preference });
        var gathered = await world.GatherAsync();

        Assert.True(world.Validate(gathered).IsAccepted);
        Assert.Equal((1, ocsp, crl), (world.Server.Count("aia"), world.Server.Count("ocsp"), world.Server.Count("crl")));
        Assert.All(gathered.Attempts, attempt => Assert.Equal((null, EvidenceOrigin.Fetched), (attempt.Error, attempt.Origin)));
        Assert.Equal(2, gathered.Chain.Count);
        Assert.False(gathered.IsCutShort);
    }

    [Fact]
    public async Task GatherAsync_LeafOnly_AsksNothingAboutTheCa()
    {
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { Scope = RevocationScope.Leaf });
        await world.GatherAsync();
        Assert.Equal(world.OcspPath, Assert.Single(world.Server.Requests, request => request.Kind == "ocsp").Path);
    }

    [Theory]
    [InlineData(false, "GET")]
    [InlineData(true, "POST")]
    public async Task GatherAsync_Ocsp_IsByGetWhileItIsShortEnough(bool useNonce, string method)
    {
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { UseNonce = useNonce, CertIdHash = useNonce ? Cryptography.DigestAlgorithm.Sha256 : Cryptography.DigestAlgorithm.Sha1 });
        var gathered = await world.GatherAsync();

        Assert.All(world.Server.Requests.Where(request => request.Kind == "ocsp"), request => Assert.Equal(method, request.Method));
        Assert.All(gathered.Evidence.OcspResponses, response => Assert.Equal(useNonce, response.Nonce is not null));
        Assert.True(world.Validate(gathered).IsAccepted);
    }

    [Fact]
    public async Task GatherAsync_OcspByPostOnly_PutsNoSerialNumberIntoAddressesNorTraces()
    {
        var traced = new List<string>();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref System.Diagnostics.ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => System.Diagnostics.ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Add($"{activity.GetTagItem("url.full")}"),
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { OcspByPostOnly = true });

        Assert.True(world.Validate(await world.GatherAsync()).IsAccepted);

        Assert.All(world.Server.Requests.Where(request => request.Kind == "ocsp"), request => Assert.Equal("POST", request.Method));
        Assert.DoesNotContain(traced, url => url.StartsWith(world.Server.BaseUri, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GatherAsync_Revoked_IsFoundByOcspAndByCrl()
    {
        foreach (var preference in new[] { EvidencePreference.OcspOnly, EvidencePreference.CrlOnly })
        {
            await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { Preference = preference });
            world.Authority.Revoke(world.Target, (int)CrlReason.KeyCompromise);
            Assert.Equal(PkiErrorCodes.Revoked, world.Validate(await world.GatherAsync()).Error?.Code);
        }
    }

    [Fact]
    public async Task GatherAsync_ResponderThatDoesNotKnow_FallsBackToTheCrl()
    {
        await using var world = await GatheringWorld.CreateAsync();
        world.Server.AddOcsp(world.Authority, OcspFault.UnknownStatus);
        var gathered = await world.GatherAsync();

        Assert.True(world.Validate(gathered).IsAccepted);
        Assert.Equal(PkiErrorCodes.RevocationUnknown, gathered.AttemptsFor(world.Certificate).Single(attempt => attempt.Kind == EvidenceKind.Ocsp).Error?.Code);
        Assert.Null(gathered.AttemptsFor(world.Certificate).Single(attempt => attempt.Kind == EvidenceKind.Crl).Error);
    }

    [Fact]
    public async Task GatherAsync_SeveralAddresses_AreTriedInOrder()
    {
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { Preference = EvidencePreference.CrlOnly, Scope = RevocationScope.Leaf });
        var uri = world.Server.BaseUri;
        world.Server.AddFile("/first", "application/pkix-crl", () => [0x30, 0x00]);
        var target = RevocationWorld.Read(world.Authority.Issue(TestName.Common("LAB other"), builder => builder.With(TestExtensions.CrlDistributionPoints(new TestDistributionPoint
        {
            FullName = [TestGeneralName.Uri("ldap://lab.invalid/cn=a"), TestGeneralName.Uri(uri + "/first"), TestGeneralName.Uri(uri + "/missing"), TestGeneralName.Uri(uri + world.CrlPath)],
        }))));
        var gathered = await world.Gatherer.GatherAsync(target, [world.Anchor]);

        Assert.Equal(
            [PkiErrorCodes.CrlMalformed, PkiErrorCodes.GatherHttpStatus, null],
            gathered.AttemptsFor(target).Where(attempt => attempt.Kind == EvidenceKind.Crl).Select(attempt => attempt.Error?.Code));
        Assert.Single(gathered.Evidence.Crls);
    }

    [Fact]
    public async Task GatherAsync_PointsByDirectoryNameOnly_NeedWhatIsGivenAlong()
    {
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { Preference = EvidencePreference.CrlOnly, Scope = RevocationScope.Leaf });
        var target = RevocationWorld.Read(world.Authority.Issue(
            TestName.Common("LAB other"), builder => builder.With(TestExtensions.CrlDistributionPoints(TestDistributionPoint.At(TestName.Common("LAB point"))))));

        var without = await world.Gatherer.GatherAsync(target, [world.Anchor]);
        Assert.Equal(PkiErrorCodes.GatherNoSource, Assert.Single(without.AttemptsFor(target), attempt => attempt.Kind == EvidenceKind.Crl).Error?.Code);
        var with = await world.Gatherer.GatherAsync(target, [world.Anchor], new() { Crls = [RevocationWorld.Crl(world.Authority.CreateCrl())] });
        Assert.DoesNotContain(with.AttemptsFor(target), attempt => attempt.Kind == EvidenceKind.Crl);
        Assert.Single(with.Evidence.Crls);
    }

    [Fact]
    public async Task GatherAsync_FreshestCrl_IsFetchedToo()
    {
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { Preference = EvidencePreference.CrlOnly, Scope = RevocationScope.Leaf });
        world.Server.Add(world.Authority, crl: () => world.Authority.CreateCrl(builder => builder.With(TestCrlExtensions.Number(1))
            .With(TestCrlExtensions.FreshestCrl(TestDistributionPoint.At(world.Server.BaseUri + "/delta")))));
        world.Server.AddFile("/delta", "application/pkix-crl", () => world.Authority.CreateCrl(builder => builder.With(TestCrlExtensions.Number(2)).DeltaTo(1)
            .Revoke(world.Target.SerialNumber, GatheringWorld.Now, (int)CrlReason.Superseded)));
        var gathered = await world.GatherAsync();

        Assert.Contains(gathered.Attempts, attempt => attempt is { Kind: EvidenceKind.DeltaCrl, Error: null });
        Assert.Equal(PkiErrorCodes.Revoked, world.Validate(gathered).Error?.Code);
    }

    [Fact]
    public async Task GatherAsync_IssuerInACertificatesOnlyMessage_IsRead()
    {
        await using var world = await GatheringWorld.CreateAsync();
        var store = new System.Security.Cryptography.X509Certificates.X509Certificate2Collection { System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificate(world.Authority.Certificate.Der) };
        var message = store.Export(System.Security.Cryptography.X509Certificates.X509ContentType.Pkcs7)!;
        world.Server.AddFile($"/aia/{world.Authority.Slug}.cer", "application/pkcs7-mime", () => message);
        Assert.True(world.Validate(await world.GatherAsync()).IsAccepted);
    }

    [Fact]
    public async Task GatherAsync_CertificateOfSomebodyElseAtCaIssuers_IsNamed()
    {
        await using var world = await GatheringWorld.CreateAsync();
        var stranger = TestAuthority.CreateRoot(world.Authority.Name);
        world.Server.AddFile($"/aia/{world.Authority.Slug}.cer", "application/pkix-cert", () => stranger.Certificate.Der);
        var gathered = await world.GatherAsync();

        Assert.Equal(PkiErrorCodes.GatherIssuerCertificate, Assert.Single(gathered.Attempts).Error?.Code);
        Assert.Empty(gathered.Evidence.Certificates);
    }

    [Fact]
    public async Task GatherAsync_EarlierCrlThanTheLastGoodOne_IsRefusedAndTheLastGoodOneUsed()
    {
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { Preference = EvidencePreference.CrlOnly, Scope = RevocationScope.Leaf, Freshness = FreshnessPolicy.AlwaysAsk });
        var earlier = world.Authority.CreateCrl();
        world.Authority.Revoke(world.Target);
        var later = world.Authority.CreateCrl();
        world.Server.AddFile(world.CrlPath, "application/pkix-crl", () => later);
        await world.GatherAsync();
        world.Server.AddFile(world.CrlPath, "application/pkix-crl", () => earlier);
        var gathered = await world.GatherAsync();

        Assert.Equal([PkiErrorCodes.CrlRollback, null], gathered.Attempts.Where(attempt => attempt.Kind == EvidenceKind.Crl).Select(attempt => attempt.Error?.Code));
        Assert.Equal(EvidenceOrigin.LastGood, gathered.Attempts.Last(attempt => attempt.Kind == EvidenceKind.Crl).Origin);
        Assert.Equal(later, Assert.Single(gathered.Evidence.Crls).RawData.ToArray());
    }

    [Fact]
    public async Task GatherAsync_ForgedCrlWithAHighNumber_DoesNotBecomeTheLastGoodOne()
    {
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { Preference = EvidencePreference.CrlOnly, Scope = RevocationScope.Leaf, Freshness = FreshnessPolicy.AlwaysAsk });
        var forged = TestAuthority.CreateRoot(world.Authority.Name).CreateCrl(builder => builder.With(TestCrlExtensions.Number(1_000_000)));
        world.Server.AddFile(world.CrlPath, "application/pkix-crl", () => forged);
        Assert.Equal(PkiErrorCodes.CrlSignature, Assert.Single((await world.GatherAsync()).Attempts, attempt => attempt.Kind == EvidenceKind.Crl).Error?.Code);

        world.Server.AddFile(world.CrlPath, "application/pkix-crl", () => world.Authority.CreateCrl());
        Assert.Null(Assert.Single((await world.GatherAsync()).Attempts, attempt => attempt.Kind == EvidenceKind.Crl).Error);
    }

    [Fact]
    public async Task GatherAsync_ServerGone_UsesTheLastGoodCrlWhileItIsCurrent()
    {
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { Preference = EvidencePreference.CrlOnly, Scope = RevocationScope.Leaf, Freshness = FreshnessPolicy.AlwaysAsk });
        var known = new PathEvidence { Crls = [RevocationWorld.Crl(world.Root.CreateCrl(builder => builder.NextUpdate = GatheringWorld.Now.AddYears(1)))] };
        await world.GatherAsync();
        world.Server.Misbehave("crl", ServerFault.InternalServerError);

        var gathered = await world.GatherAsync(known);
        Assert.True(world.Validate(gathered).IsAccepted);
        Assert.Contains(gathered.Attempts, attempt => attempt is { Kind: EvidenceKind.Crl, Origin: EvidenceOrigin.LastGood, Error: null });

        world.Clock.SetUtcNow(GatheringWorld.Now.AddDays(2));
        gathered = await world.GatherAsync(known);
        Assert.Equal(VerificationOutcome.Undetermined, world.Validate(gathered).Outcome);
        Assert.Contains(gathered.Attempts, attempt => attempt.Error?.Code == PkiErrorCodes.CrlStale);
    }

    [Fact]
    public async Task GatherAsync_MoreQueriesThanAllowed_IsCutShort()
    {
        await using var world = await GatheringWorld.CreateAsync(GatheringWorld.Options with { MaxQueries = 2 });
        var gathered = await world.GatherAsync();

        Assert.True(gathered.IsCutShort);
        Assert.Contains(gathered.Attempts, attempt => attempt.Error?.Code == PkiErrorCodes.GatherTooManyQueries);
        Assert.Equal(2, world.Server.Requests.Count);
    }

    [Fact]
    public async Task GatherAsync_InjectedTransport_IsAskedInsteadOfTheNetwork()
    {
        var world = new RevocationWorld(builder => builder.With(TestExtensions.AuthorityInformationAccess("http://ocsp.lab.invalid/")));
        var transport = new StubTransport(query => new() { Content = new TestOcspResponder(world.Authority).Respond(query.Request.ToArray()) });
        using var gatherer = new EvidenceGatherer(transport, new() { Scope = RevocationScope.Leaf }, time: new TestSupport.ManualTimeProvider(RevocationWorld.Now));
        var gathered = await gatherer.GatherAsync(world.Certificate, [TrustAnchor.FromCertificate(world.Issuer)]);

        Assert.True(world.Validate(gathered.Evidence).IsAccepted);
        Assert.Equal("ocsp.lab.invalid", Assert.Single(transport.Queries).Address.Host);
    }

    [Fact]
    public async Task GatherAsync_TransportThatNeverAnswers_EndsWithTheWholeTime()
    {
        var world = new RevocationWorld(builder => builder.With(TestExtensions.AuthorityInformationAccess("http://ocsp.lab.invalid/")));
        var clock = new TestSupport.ManualTimeProvider(RevocationWorld.Now);
        using var gatherer = new EvidenceGatherer(new SilentTransport(), new() { Scope = RevocationScope.Leaf, TotalTimeout = TimeSpan.FromSeconds(20) }, time: clock);
        var gathering = gatherer.GatherAsync(world.Certificate, [TrustAnchor.FromCertificate(world.Issuer)]);
        clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(gathering.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains((await gathering).Attempts, attempt => attempt.Error?.Code == PkiErrorCodes.GatherTimeout);
    }

    [Fact]
    public async Task GatherAsync_CallerGivesUp_Throws()
    {
        var world = new RevocationWorld(builder => builder.With(TestExtensions.AuthorityInformationAccess("http://ocsp.lab.invalid/")));
        using var gatherer = new EvidenceGatherer(new SilentTransport(), new() { Scope = RevocationScope.Leaf });
        using var stop = new CancellationTokenSource();
        var gathering = gatherer.GatherAsync(world.Certificate, [TrustAnchor.FromCertificate(world.Issuer)], cancellationToken: stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gathering);
    }
}
