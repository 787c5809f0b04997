using MedId.Ciba.Server;
using MedId.OAuth;

namespace MedId.AspNetCore.Provider;

/// <summary>Owns the connections to clients' notification endpoints; nothing else goes over them.</summary>
internal sealed class CibaNotificationClient : IDisposable
{
    private readonly HttpClient _http;

    public CibaNotificationClient(GuardedHttpOptions rules, TimeSpan timeout, TimeProvider time)
    {
        _http = new(GuardedHttpHandler.Create(rules)) { Timeout = Timeout.InfiniteTimeSpan };
        Sender = new(_http, rules, timeout, time);
    }

    public CibaNotificationSender Sender { get; }

    public void Dispose() => _http.Dispose();
}
