using System.Collections.Concurrent;
using MedId.Provider;

namespace MedId.Samples.IdentityProofing;

/// <summary>A push channel that only counts: in this sample nobody answers on the phone.</summary>
internal sealed class SamplePush : IDeviceNotifier
{
    public const string Scheme = "sample";

    private readonly ConcurrentQueue<string> _announced = [];

    public int Count => _announced.Count;

    public ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default)
    {
        _announced.Enqueue(requestId);
        return ValueTask.FromResult(true);
    }
}
