namespace MedId.Provider;

/// <summary>
/// Receipts of announcements. A device that proves its key to open a request is a receipt without any call; a channel that learns from its app that an announcement was seen says so here. Either ends the sending: nobody
/// else of those who are asked is announced to again.
/// </summary>
public sealed class AnnouncementReceipts
{
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The tenant.</param>
    public AnnouncementReceipts(IProviderStore store, ProviderOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _options) = (store, options);
    }

    /// <summary>The announcement of a request was seen. Call it only for what a channel proves: whoever knows the opaque id could keep a second phone from ringing.</summary>
    /// <param name="requestId">The opaque id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether anything was still to be announced.</returns>
    public ValueTask<bool> ReceivedAsync(string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(requestId);
        return _store.DropMessageAsync(_options.Tenant, Announcer.MessageId(requestId), cancellationToken);
    }
}
