using MedId.Ciba.Server;
using MedId.OAuth;

namespace MedId.AspNetCore.Provider;

/// <summary>Owns the connections to clients' notification endpoints; nothing else goes over them.</summary>
internal sealed class CibaNotificationClient : IDisposable
{
    /// <summary>The name of the HTTP client.</summary>
    public const string Name = "MedId.Ciba.Notifications";

    private readonly HttpClient _http;

    public CibaNotificationClient(IHttpClientFactory clients, GuardedHttpOptions rules, TimeSpan timeout, TimeProvider time)
    {
        _http = clients.CreateClient(Name);
        Sender = new(_http, rules, timeout, time);
    }

    public CibaNotificationSender Sender { get; }

    public void Dispose() => _http.Dispose();
}
