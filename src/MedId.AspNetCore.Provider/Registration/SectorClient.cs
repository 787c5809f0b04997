using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.AspNetCore.Provider;

/// <summary>Owns the connections by which the documents of clients' sectors are fetched; nothing else goes over them.</summary>
internal sealed class SectorClient : IDisposable
{
    /// <summary>The name of the HTTP client.</summary>
    public const string Name = "MedId.OAuth.Sectors";

    private readonly HttpClient _http;

    public SectorClient(IHttpClientFactory clients, GuardedHttpOptions rules, TimeSpan timeout, TimeProvider time)
    {
        _http = clients.CreateClient(Name);
        Documents = new(new ProtocolHttpClient(_http, new() { Timeout = timeout, AllowHttpOnLoopback = rules.AllowHttpOnLoopback }, time));
    }

    public SectorDocuments Documents { get; }

    public void Dispose() => _http.Dispose();
}
