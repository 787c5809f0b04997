using System.Diagnostics;
using MedId.Core;
using MedId.Testing;

namespace MedId.Pki.Tests;

/// <summary>Servers that misbehave: survived in time, named, and never taken for an answer.</summary>
public sealed class HttpFaultTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(8);

    public static TheoryData<ServerFault, string?, string?> ServerFaults => new()
    {
        { ServerFault.InternalServerError, PkiErrorCodes.GatherHttpStatus, PkiErrorCodes.GatherHttpStatus },
        { ServerFault.NotFound, PkiErrorCodes.GatherHttpStatus, PkiErrorCodes.GatherHttpStatus },
        { ServerFault.Unavailable, PkiErrorCodes.GatherHttpStatus, PkiErrorCodes.GatherHttpStatus },
        { ServerFault.Redirect, PkiErrorCodes.GatherRedirect, PkiErrorCodes.GatherRedirect },
        { ServerFault.Empty, PkiErrorCodes.GatherEmpty, PkiErrorCodes.GatherEmpty },
        { ServerFault.Garbage, PkiErrorCodes.OcspMalformed, PkiErrorCodes.CrlMalformed },
        { ServerFault.Html, PkiErrorCodes.GatherMediaType, PkiErrorCodes.GatherMediaType },
        { ServerFault.OtherMediaType, PkiErrorCodes.GatherMediaType, PkiErrorCodes.GatherMediaType },
        { ServerFault.Hang, PkiErrorCodes.GatherTimeout, PkiErrorCodes.GatherTimeout },
        { ServerFault.HangInBody, PkiErrorCodes.GatherTimeout, PkiErrorCodes.GatherTimeout },
        { ServerFault.Break, PkiErrorCodes.GatherUnreachable, PkiErrorCodes.GatherUnreachable },
        { ServerFault.Endless, PkiErrorCodes.GatherTooLarge, PkiErrorCodes.GatherTooLarge },
    };

    public static TheoryData<OcspFault> ResponderFaults =>
    [
        OcspFault.TryLater, OcspFault.Unauthorized, OcspFault.InternalError, OcspFault.MalformedRequest, OcspFault.SignatureRequired, OcspFault.Garbage, OcspFault.CutOff,
        OcspFault.ForeignDelegate, OcspFault.DelegateMissing, OcspFault.DelegateExpired, OcspFault.TamperedSignature, OcspFault.Stale, OcspFault.OtherSerialNumber,
    ];

    [Theory]
    [MemberData(nameof(ServerFaults))]
    public async Task GatherAsync_FaultOfTheServer_IsNamedInTimeAndLeavesTheDecisionOpen(ServerFault fault, string? ocsp, string? crl)
    {
        await using var world = await GatheringWorld.CreateAsync(
            GatheringWorld.Options with { Preference = EvidencePreference.Both, Scope = RevocationScope.Leaf, CrlLimits = new() { MaxBytes = 1024 * 1024 } }, timeout: TimeSpan.FromMilliseconds(500));
        world.Server.Misbehave("ocsp", fault).Misbehave("crl", fault);
        var watch = Stopwatch.StartNew();
        var gathered = await world.GatherAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Bound);
        Assert.Equal(ocsp, gathered.AttemptsFor(world.Certificate).Single(attempt => attempt.Kind == EvidenceKind.Ocsp).Error?.Code);
        Assert.Equal(crl, gathered.AttemptsFor(world.Certificate).Single(attempt => attempt.Kind == EvidenceKind.Crl).Error?.Code);
        Assert.All(gathered.Attempts.Where(attempt => attempt.Error is not null), attempt => Assert.False(string.IsNullOrEmpty(attempt.Error!.Detail)));
        Assert.Equal(VerificationOutcome.Undetermined, world.Validate(gathered).Outcome);
        Assert.Equal((world.Server.Count("ocsp"), world.Server.Count("crl")), (world.Ledger.Count(EvidenceKind.Ocsp), world.Ledger.Count(EvidenceKind.Crl)));
    }

    [Theory]
    [MemberData(nameof(ResponderFaults))]
    public async Task GatherAsync_FaultOfTheResponder_IsNamedAndTheCrlAsked(OcspFault fault)
    {
        await using var world = await GatheringWorld.CreateAsync();
        world.Server.AddOcsp(world.Authority, fault);
        var gathered = await world.GatherAsync();

        Assert.Equal(TestFaultCodes.CodeOf(fault), gathered.AttemptsFor(world.Certificate).Single(attempt => attempt.Kind == EvidenceKind.Ocsp).Error?.Code);
        Assert.True(world.Validate(gathered).IsAccepted);
    }

    [Fact]
    public async Task GatherAsync_ServerThatDrips_EndsWithTheTimeOfTheQuery()
    {
        // A byte every now and then, for ever: no single read takes long, the whole does.
        using var stop = new CancellationTokenSource();
        using var client = new HttpClient(new DripHandler());
        var transport = new HttpEvidenceTransport(client, TimeSpan.FromMilliseconds(400));
        var watch = Stopwatch.StartNew();
        var answer = await transport.SendAsync(new(EvidenceKind.Crl, new("http://drip.lab.invalid/a.crl"), default, 1024 * 1024), stop.Token);

        Assert.Equal(PkiErrorCodes.GatherTimeout, answer.Error?.Code);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(300), Bound);
    }

    [Fact]
    public async Task SendAsync_NobodyListens_IsUnreachableAndNotCharged()
    {
        int port;
        using (var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        }

        using var client = new HttpClient(GatheringWorld.Options.Addresses.CreateHandler());
        var answer = await new HttpEvidenceTransport(client).SendAsync(new(EvidenceKind.Crl, new($"http://127.0.0.1:{port}/"), default, 1024));

        Assert.Equal((PkiErrorCodes.GatherUnreachable, false), (answer.Error?.Code, answer.WasSent));
    }

    [Fact]
    public async Task SendAsync_ClientThatFollowsRedirects_IsNoticed()
    {
        await using var world = await GatheringWorld.CreateAsync();
        using var client = new HttpClient(new FollowingHandler());
        var answer = await new HttpEvidenceTransport(client).SendAsync(new(EvidenceKind.Crl, new(world.Server.BaseUri + world.CrlPath), default, 1024));

        Assert.Equal(PkiErrorCodes.GatherRedirect, answer.Error?.Code);
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(63, PkiErrorCodes.GatherTooLarge)]
    public async Task SendAsync_LongestAnswer_IsExact(int maxBytes, string? code)
    {
        foreach (var announced in new[] { true, false })
        {
            using var client = new HttpClient(new BytesHandler(64, announced));
            var answer = await new HttpEvidenceTransport(client).SendAsync(new(EvidenceKind.Crl, new("http://lab.invalid/a.crl"), default, maxBytes));
            Assert.Equal(code, answer.Error?.Code);
        }
    }

    private sealed class DripHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { RequestMessage = request, Content = new StreamContent(new DripStream()) });
    }

    private sealed class FollowingHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage
        {
            RequestMessage = new(HttpMethod.Get, "http://elsewhere.lab.invalid/a.crl"),
            Content = new ByteArrayContent([0x30, 0x00]),
        });
    }

    private sealed class BytesHandler(int length, bool announced) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage
        {
            RequestMessage = request,
            Content = announced ? new ByteArrayContent(new byte[length]) : new StreamContent(new UnseekableStream(new byte[length])),
        });
    }

    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    private sealed class DripStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            buffer.Span[0] = 0x30;
            return 1;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
