using System.Collections.Concurrent;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>A push channel that keeps what it is given, and fails on demand.</summary>
internal sealed class CapturingPush : IDeviceNotifier
{
    public ConcurrentQueue<(string Address, string Id)> Announced { get; } = [];

    public bool Broken { get; set; }

    public ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default)
    {
        if (Broken)
        {
            throw new HttpRequestException("cannot reach " + pushAddress);
        }

        Announced.Enqueue((pushAddress, requestId));
        return ValueTask.FromResult(true);
    }
}
