using MedId.OAuth;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>The way to one authorization server; lives as long as the host.</summary>
internal sealed class IntrospectionChannel : IDisposable
{
    private readonly MetadataClient _metadata;
    private readonly JwksClient _keys;

    public IntrospectionChannel(IHttpClientFactory http, IOptionsMonitor<IntrospectionBearerOptions> options, TimeProvider time, string scheme)
    {
        var configured = options.Get(scheme);
        var transport = new ProtocolHttpClient(http.CreateClient(HttpClientName(scheme)), configured.Http, time);
        _metadata = new MetadataClient(transport, configured.Issuer, time);
        _keys = new JwksClient(transport, time);
        Client = new IntrospectionClient(transport, _metadata, _keys, configured.Credential!, configured.Introspection, time);
    }

    public IntrospectionClient Client { get; }

    public static string HttpClientName(string scheme) => "MedId.Introspection:" + scheme;

    public void Dispose()
    {
        _metadata.Dispose();
        _keys.Dispose();
    }
}
