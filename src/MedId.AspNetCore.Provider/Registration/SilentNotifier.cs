using MedId.Provider;

namespace MedId.AspNetCore.Provider;

/// <summary>For an OP whose people have passkeys only: nobody rings at a browser, the requests wait for the sign-in.</summary>
internal sealed class SilentNotifier : IDeviceNotifier
{
    private SilentNotifier()
    {
    }

    public static SilentNotifier Instance { get; } = new();

    public ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default) => new(false);
}
