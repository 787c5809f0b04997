using System.Collections.Concurrent;
using System.Net;
using MedId.Core;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>The end of a consent by HTTP: each party is an observer of its own, so that the outbox repeats it for the one that is away alone.</summary>
public class ConsentEndedSenderTests
{
    [Fact]
    public async Task Tell_OnePartyIsAway_TheOtherIsNotToldAgain()
    {
        var called = new ConcurrentQueue<string>();
        using var http = new HttpClient(new OneIsAway(called));
        var services = new ServiceCollection();
        services.AddMedIdProvider(static _ => { }).AddConsentEndedEndpoints(_ => http, new Dictionary<string, Uri>(StringComparer.Ordinal)
        {
            ["ehr-clinic-a"] = new("https://ehr.example/ended"),
            ["https://api.example/fhir"] = new("https://api.example/ended"),
        });
        await using var built = services.BuildServiceProvider();
        var ended = new ConsentEnded { Tenant = TenantId.Single, ConsentId = "synthetic", ClientId = "ehr-clinic-a", Resource = "https://api.example/fhir", At = OpWorld.Start };

        var waiting = built.GetServices<IConsentEndedObserver>().ToList();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            foreach (var observer in waiting.ToList())
            {
                try
                {
                    await observer.TellAsync(ended, TestContext.Current.CancellationToken);
                    waiting.Remove(observer);
                }
                catch (HttpRequestException)
                {
                    // Stays.
                }
            }
        }

        Assert.Single(waiting);
        Assert.Equal((3, 1), (called.Count(host => host == "ehr.example"), called.Count(host => host == "api.example")));
    }

    private sealed class OneIsAway(ConcurrentQueue<string> called) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            called.Enqueue(request.RequestUri!.Host);
            return Task.FromResult(new HttpResponseMessage(request.RequestUri.Host == "ehr.example" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NoContent));
        }
    }
}
