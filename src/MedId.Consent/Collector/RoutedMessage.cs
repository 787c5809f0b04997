using MedId.Core;

namespace MedId.Consent;

/// <summary>A message that the gateway passes on.</summary>
/// <param name="Message">The message, as it came.</param>
/// <param name="To">The role of whom it is for.</param>
/// <param name="ReplayKey">Consume it before anything is done with the message; who cannot consume it has seen the message before.</param>
public sealed record RoutedMessage(CollectorMessage Message, CollectorRole To, ReplayKey ReplayKey);
