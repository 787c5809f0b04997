using System.Text;
using MedId.Pki;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Fido.Metadata.Tests;

/// <summary>A metadata service and its authorities on loopback, and the client under test. Synthetic.</summary>
internal sealed class ServiceWorld : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly EvidenceGatherer _gatherer;

    private ServiceWorld(TestAuthorityServer server)
    {
        Server = server;
        Mds = new(new() { BaseUri = server.BaseUri });
        server.Add(Mds.OldRoot).Add(Mds.NewRoot).Add(Mds.Authority).AddFile("/blob", "application/octet-stream", () => Encoding.ASCII.GetBytes(Jws));
        var addresses = new EvidenceAddressRules { DangerouslyAllowLoopback = true };
        _client = new(addresses.CreateHandler());
        _gatherer = new(_client, new() { Addresses = addresses }, time: Clock);
        Jws = Sign(100);
        Service = Create(Options);
    }

    public TestAuthorityServer Server { get; }

    public TestMetadataService Mds { get; }

    public ManualTimeProvider Clock { get; } = new(MetadataWorld.Now);

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("medid-mds");

    public string File => Path.Combine(Folder.FullName, "blob.jwt");

    public string Jws { get; set; } = string.Empty;

    public MetadataService Service { get; set; }

    public MetadataServiceOptions Options => new()
    {
        Address = new(Server.BaseUri + "/blob"),
        Roots = [new(MetadataWorld.Anchor(Mds.NewRoot))],
        File = File,
        DangerouslyAllowLoopback = true,
    };

    public static async Task<ServiceWorld> CreateAsync() => new(await TestAuthorityServer.StartAsync());

    public MetadataService Create(MetadataServiceOptions options, bool gather = true) => new(_client, options, gather ? _gatherer : null, Clock);

    public string Sign(long number, DateOnly? nextUpdate = null, string status = "FIDO_CERTIFIED_L2") => Mds.Sign(TestMetadataService.Payload(
        number,
        nextUpdate ?? MetadataWorld.Today.AddDays(30),
        TestMetadataService.Entry(TestMetadataService.Fido2Statement(MetadataWorld.Model), (status, new DateOnly(2026, 1, 1)))));

    public async ValueTask DisposeAsync()
    {
        _gatherer.Dispose();
        _client.Dispose();
        await Server.DisposeAsync();
        Folder.Delete(recursive: true);
    }
}
