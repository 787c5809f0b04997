namespace MedId.Provider;

/// <summary>A push channel and the schemes of its addresses.</summary>
/// <param name="Schemes">In lower case, without the colon.</param>
/// <param name="Notifier">The channel.</param>
public sealed record PushChannel(IReadOnlyCollection<string> Schemes, IDeviceNotifier Notifier);
