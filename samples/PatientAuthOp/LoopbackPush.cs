using System.Net.Http.Json;
using MedId.Provider;
using MedId.Samples.Hosting;

namespace MedId.Samples.PatientAuthOp;

/// <summary>The sample's push channel: one POST to a loopback address with the opaque id and nothing else. Other addresses are refused.</summary>
internal sealed class LoopbackPush(IHttpClientFactory clients, StepReporter steps) : IDeviceNotifier
{
    public const string ClientName = "push";

    public async ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default)
    {
        var step = steps.Begin(3, "push").Sent("body", "{\"id\": opaque}");
        if (!Uri.TryCreate(pushAddress, UriKind.Absolute, out var address) || !address.IsLoopback)
        {
            step.Refused("provider.push_address_refused");
            return false;
        }

        try
        {
            using var client = clients.CreateClient(ClientName);
            client.Timeout = TimeSpan.FromSeconds(5);
            using var answer = await client.PostAsJsonAsync(address, new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = requestId }, cancellationToken);
            if (answer.IsSuccessStatusCode)
            {
                step.Checked("the address is the one enrolled with the device's key").Checked("the channel took the announcement").Done();
                return true;
            }

            step.Refused("provider.push_not_taken");
        }
        catch (HttpRequestException)
        {
            step.Refused("provider.push_not_taken");
        }

        return false;
    }
}
