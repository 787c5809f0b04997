using System.Net;
using System.Text;
using MedId.Core;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Fido.Metadata.Tests;

/// <summary>The service over HTTP, with revocation evidence gathered from the authorities of its signer.</summary>
public sealed class MetadataServiceTests
{
    [Fact]
    public async Task RefreshAsync_First_BringsTheBlobAndKeepsIt()
    {
        await using var world = await ServiceWorld.CreateAsync();
        Assert.True(world.Service.IsStale);
        Assert.Null(world.Service.FindByAaguid(MetadataWorld.Model));

        var refresh = await world.Service.RefreshAsync();

        Assert.Equal((MetadataRefreshOutcome.Updated, null), (refresh.Outcome, refresh.Error));
        Assert.NotNull(world.Service.FindByAaguid(MetadataWorld.Model)?.Statement);
        Assert.False(world.Service.IsStale);
        Assert.Equal(world.Jws, await File.ReadAllTextAsync(world.File));
        Assert.Single(world.Folder.GetFiles());
        Assert.True(world.Server.Count("ocsp") + world.Server.Count("crl") > 0);
    }

    [Fact]
    public async Task RefreshAsync_BeforeNextUpdate_AsksNobody()
    {
        await using var world = await ServiceWorld.CreateAsync();
        await world.Service.RefreshAsync();
        world.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        Assert.Equal(MetadataRefreshOutcome.NotDue, (await world.Service.RefreshAsync()).Outcome);
        Assert.Equal(1, world.Server.Count("blob"));

        world.Clock.Advance(TimeSpan.FromTicks(1));
        await world.Service.RefreshAsync();
        Assert.Equal(2, world.Server.Count("blob"));
    }

    [Fact]
    public async Task RefreshAsync_NewerBlob_ReplacesAndListsWhatChanged()
    {
        await using var world = await ServiceWorld.CreateAsync();
        world.Jws = world.Sign(100, MetadataWorld.Today);
        await world.Service.RefreshAsync();
        world.Clock.Advance(TimeSpan.FromHours(1));
        world.Jws = world.Sign(101, status: "REVOKED");

        var refresh = await world.Service.RefreshAsync();

        Assert.Equal(MetadataRefreshOutcome.Updated, refresh.Outcome);
        Assert.Equal("REVOKED", Assert.Single(refresh.Decision!.Changes).Added.Single().StatusText);
        Assert.Equal((101L, world.Jws), (world.Service.Current?.Number, await File.ReadAllTextAsync(world.File)));
    }

    [Fact]
    public async Task RefreshAsync_Rollback_KeepsTheLastGood()
    {
        await using var world = await ServiceWorld.CreateAsync();
        var good = world.Jws = world.Sign(100, MetadataWorld.Today);
        await world.Service.RefreshAsync();
        world.Clock.Advance(TimeSpan.FromHours(1));
        world.Jws = world.Sign(99);

        var refresh = await world.Service.RefreshAsync();

        Assert.Equal((MetadataRefreshOutcome.Failed, MetadataErrorCodes.Rollback), (refresh.Outcome, refresh.Error?.Code));
        Assert.Equal((100L, good), (world.Service.Current?.Number, await File.ReadAllTextAsync(world.File)));
    }

    [Fact]
    public async Task FindByAaguid_OlderThanPolicyBears_IsFoundWithAProblem()
    {
        await using var world = await ServiceWorld.CreateAsync();
        var service = world.Create(world.Options with { MaximumStaleness = TimeSpan.FromDays(7) });
        await service.RefreshAsync();

        world.Clock.Advance(TimeSpan.FromDays(37));
        Assert.Null(service.FindByAaguid(MetadataWorld.Model)?.Problem);
        world.Clock.Advance(TimeSpan.FromTicks(1));
        var entry = service.FindByAaguid(MetadataWorld.Model)!;
        Assert.Equal(MetadataErrorCodes.Stale, entry.Problem?.Code);
        Assert.Equal(VerificationOutcome.Undetermined, MetadataStatusPolicy.Default.Judge(entry, null, world.Clock.GetUtcNow()).Outcome);
    }

    [Fact]
    public async Task RefreshAsync_RevokedSigner_IsRefused()
    {
        await using var world = await ServiceWorld.CreateAsync();
        world.Mds.Authority.Revoke(world.Mds.Signer, reason: 1);
        var refresh = await world.Service.RefreshAsync();
        Assert.Equal((MetadataErrorCodes.SignerUntrusted, PkiErrorCodes.Revoked), (refresh.Error?.Code, refresh.Decision?.Signer?.Error?.Code));
        Assert.Null(world.Service.Current);
        Assert.False(File.Exists(world.File));
    }

    [Fact]
    public async Task RefreshAsync_NoRevocationEvidence_IsUndetermined()
    {
        await using var world = await ServiceWorld.CreateAsync();
        world.Server.Misbehave("ocsp", ServerFault.Unavailable).Misbehave("crl", ServerFault.Unavailable);
        var refresh = await world.Service.RefreshAsync();
        Assert.Equal((MetadataErrorCodes.SignerUndetermined, VerificationOutcome.Undetermined), (refresh.Error?.Code, refresh.Decision?.Outcome));
    }

    [Theory]
    [InlineData(ServerFault.InternalServerError, MetadataErrorCodes.FetchFailed)]
    [InlineData(ServerFault.NotFound, MetadataErrorCodes.FetchFailed)]
    [InlineData(ServerFault.Redirect, MetadataErrorCodes.Redirect)]
    [InlineData(ServerFault.Empty, MetadataErrorCodes.BlobMalformed)]
    [InlineData(ServerFault.Garbage, MetadataErrorCodes.BlobMalformed)]
    [InlineData(ServerFault.Html, MetadataErrorCodes.BlobMalformed)]
    [InlineData(ServerFault.Break, MetadataErrorCodes.FetchFailed)]
    [InlineData(ServerFault.Endless, MetadataErrorCodes.TooLarge)]
    [InlineData(ServerFault.Hang, MetadataErrorCodes.FetchFailed)]
    [InlineData(ServerFault.HangInBody, MetadataErrorCodes.FetchFailed)]
    public async Task RefreshAsync_ServiceThatMisbehaves_KeepsTheLastGoodAndIsNotAskedAgainAtOnce(ServerFault fault, string expected)
    {
        await using var world = await ServiceWorld.CreateAsync();
        world.Jws = world.Sign(100, MetadataWorld.Today);
        await world.Service.RefreshAsync();
        world.Clock.Advance(TimeSpan.FromHours(1));
        world.Server.ClearRequests();
        world.Server.Misbehave("/blob", fault);

        var running = world.Service.RefreshAsync();
        while (fault is ServerFault.Hang or ServerFault.HangInBody && !running.IsCompleted)
        {
            await Task.Delay(20);
            world.Clock.Advance(TimeSpan.FromSeconds(10));
        }

        var refresh = await running;
        Assert.Equal((MetadataRefreshOutcome.Failed, expected), (refresh.Outcome, refresh.Error?.Code));
        Assert.Equal(100, world.Service.Current?.Number);
        Assert.True(world.Service.IsStale);

        var again = await world.Service.RefreshAsync();
        Assert.Equal((MetadataRefreshOutcome.NotDue, expected, 1), (again.Outcome, again.Error?.Code, world.Server.Count("blob")));
    }

    [Fact]
    public async Task RefreshAsync_ClientThatFollowsRedirects_IsNoticed()
    {
        await using var world = await ServiceWorld.CreateAsync();
        using var client = new HttpClient(new Stub(request => new(HttpStatusCode.OK) { RequestMessage = new(request.Method, "https://elsewhere.lab.example/"), Content = new StringContent(world.Jws) }));
        var service = new MetadataService(client, world.Options, null, world.Clock);
        Assert.Equal(MetadataErrorCodes.Redirect, (await service.RefreshAsync()).Error?.Code);
    }

    [Fact]
    public async Task RefreshAsync_SizeAtTheLimit_IsRead()
    {
        await using var world = await ServiceWorld.CreateAsync();
        Assert.Equal(MetadataRefreshOutcome.Updated, (await world.Create(world.Options with { MaxBytes = world.Jws.Length }).RefreshAsync()).Outcome);
        Assert.Equal(MetadataErrorCodes.TooLarge, (await world.Create(world.Options with { MaxBytes = world.Jws.Length - 1 }).RefreshAsync()).Error?.Code);
    }

    [Fact]
    public async Task RefreshAsync_ManyAtOnce_FetchOnce()
    {
        await using var world = await ServiceWorld.CreateAsync();
        var refreshes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.Service.RefreshAsync()));
        Assert.Equal(1, world.Server.Count("blob"));
        Assert.Contains(refreshes, refresh => refresh.Outcome == MetadataRefreshOutcome.Updated);
    }

    [Fact]
    public async Task RefreshAsync_EntityTag_IsSentBackAndNotModifiedKeepsTheBlob()
    {
        await using var world = await ServiceWorld.CreateAsync();
        var asked = new List<string?>();
        using var client = new HttpClient(new Stub(request =>
        {
            asked.Add(request.Headers.IfNoneMatch.SingleOrDefault()?.Tag);
            var answer = new HttpResponseMessage(asked.Count == 1 ? HttpStatusCode.OK : HttpStatusCode.NotModified) { Content = new StringContent(world.Sign(100, MetadataWorld.Today)), RequestMessage = request };
            answer.Headers.ETag = new("\"100\"");
            return answer;
        }));
        var service = new MetadataService(client, world.Options with { Revocation = RevocationRequirement.NotRequired }, null, world.Clock);

        Assert.Equal(MetadataRefreshOutcome.Updated, (await service.RefreshAsync()).Outcome);
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(MetadataRefreshOutcome.NotModified, (await service.RefreshAsync()).Outcome);
        Assert.Equal([null, "\"100\""], asked);
        Assert.Equal(100, service.Current?.Number);
    }

    [Fact]
    public async Task LoadAsync_AfterARestart_HasTheLastGoodWhenTheServiceIsAway()
    {
        await using var world = await ServiceWorld.CreateAsync();
        await world.Service.RefreshAsync();
        world.Server.Misbehave("/blob", ServerFault.Unavailable);

        var restarted = world.Create(world.Options);
        Assert.True((await restarted.LoadAsync()).IsAccepted);
        Assert.Equal(100, restarted.Current?.Number);
    }

    [Fact]
    public async Task LoadAsync_WithoutNetwork_NeedsTheEvidenceOrTheLoudWord()
    {
        await using var world = await ServiceWorld.CreateAsync();
        await world.Service.RefreshAsync();
        var crls = new PathEvidence { Crls = [.. world.Mds.CreateCrls().Select(crl => CertificateRevocationList.Parse(crl).Value!)] };

        Assert.Equal(MetadataErrorCodes.SignerUndetermined, (await world.Create(world.Options, gather: false).LoadAsync()).Error?.Code);
        Assert.True((await world.Create(world.Options with { Evidence = crls }, gather: false).LoadAsync()).IsAccepted);
        Assert.True((await world.Create(world.Options with { ReadFileWithoutRevocation = true }, gather: false).LoadAsync()).IsAccepted);
    }

    [Fact]
    public async Task LoadAsync_CrashBetweenDownloadAndReplace_ReadsTheOldOne()
    {
        await using var world = await ServiceWorld.CreateAsync();
        await world.Service.RefreshAsync();

        // What a crash leaves: the old file whole, and a new one cut off beside it.
        var cut = world.Sign(101);
        await File.WriteAllTextAsync(world.File + ".00000000000000000000000000000000.tmp", cut[..(cut.Length / 2)]);

        var restarted = world.Create(world.Options);
        Assert.Equal(100, (await restarted.LoadAsync()).Blob?.Number);
    }

    [Fact]
    public async Task RefreshAsync_FileThatCannotBeReplaced_IsSaidAndTheNewBlobIsInUse()
    {
        await using var world = await ServiceWorld.CreateAsync();
        Directory.CreateDirectory(world.File);
        await Assert.ThrowsAnyAsync<Exception>(() => world.Service.RefreshAsync());
        Assert.Equal(100, world.Service.Current?.Number);
        Assert.Empty(world.Folder.GetFiles());
    }

    [Fact]
    public async Task LoadAsync_FileThatWasChanged_IsRefused()
    {
        await using var world = await ServiceWorld.CreateAsync();
        var (first, second) = (world.Sign(1).Split('.'), world.Sign(2).Split('.'));
        await File.WriteAllTextAsync(world.File, $"{first[0]}.{second[1]}.{first[2]}");
        Assert.Equal(MetadataErrorCodes.SignatureInvalid, (await world.Service.LoadAsync()).Error?.Code);
        Assert.Null(world.Service.Current);
    }

    [Fact]
    public async Task LoadAsync_NoFileOrOneTooLarge_IsSaid()
    {
        await using var world = await ServiceWorld.CreateAsync();
        Assert.Equal(MetadataErrorCodes.NoBlob, (await world.Service.LoadAsync()).Error?.Code);
        await File.WriteAllTextAsync(world.File, world.Jws);
        Assert.Equal(MetadataErrorCodes.TooLarge, (await world.Create(world.Options with { MaxBytes = world.Jws.Length - 1 }).LoadAsync()).Error?.Code);
    }

    [Fact]
    public async Task RefreshAsync_CertificatesByAddress_AreFetchedFromTheOriginOnly()
    {
        await using var world = await ServiceWorld.CreateAsync();
        world.Server.AddFile("/certs", "application/x-pem-file", () => Encoding.ASCII.GetBytes(world.Mds.Signer.Pem + "\n" + world.Mds.Authority.Certificate.Pem));
        world.Jws = world.Mds.Sign(TestMetadataService.Payload(1, MetadataWorld.Today.AddDays(1)), header: header => header["x5u"] = world.Server.BaseUri + "/certs");

        Assert.Equal(MetadataErrorCodes.CertificateAddressRefused, (await world.Service.RefreshAsync()).Error?.Code);
        Assert.Equal(0, world.Server.Count("certs"));
        Assert.Equal(MetadataRefreshOutcome.Updated, (await world.Create(world.Options with { AllowCertificateAddress = true }).RefreshAsync()).Outcome);

        world.Jws = world.Mds.Sign(TestMetadataService.Payload(2, MetadataWorld.Today.AddDays(1)), header: header => header["x5u"] = "http://127.0.0.1:9/certs");
        Assert.Equal(MetadataErrorCodes.CertificateAddressRefused, (await world.Create(world.Options with { AllowCertificateAddress = true }).RefreshAsync()).Error?.Code);
    }

    [Theory]
    [InlineData("http://mds.lab.example/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("ftp://mds.lab.example/")]
    public void MetadataService_AddressThatIsNotHttps_IsMisuse(string address)
    {
        using var client = new HttpClient();
        var world = new MetadataWorld();
        Assert.Throws<ArgumentException>(() => new MetadataService(client, new() { Address = new(address), Roots = [.. world.Rules.Roots] }));
        Assert.ThrowsAny<ArgumentException>(() => new MetadataService(client, new() { Roots = [] }));
    }

    private sealed class Stub(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
