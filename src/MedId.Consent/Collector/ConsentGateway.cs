using System.Collections.Frozen;
using MedId.Core;

namespace MedId.Consent;

/// <summary>The gateway: knows parties and carries messages between them. It keeps no consents and sees no data. Pure: what has to be remembered is returned.</summary>
public sealed class ConsentGateway
{
    /// <summary>How far a message's time may be from now, both ways; at exactly this far it is still taken.</summary>
    public static readonly TimeSpan TimeWindow = TimeSpan.FromMinutes(15);

    private readonly string _name;
    private readonly FrozenDictionary<string, CollectorRole> _parties;

    /// <summary>A gateway between parties.</summary>
    /// <param name="name">Its name, the issuer of its replay keys.</param>
    /// <param name="parties">The parties that it knows, by identifier.</param>
    public ConsentGateway(string name, IReadOnlyDictionary<string, CollectorRole> parties)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(parties);
        (_name, _parties) = (name, parties.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Judges a message and says whom it goes to.</summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">The party that the transport authenticated.</param>
    /// <param name="now">The time.</param>
    /// <returns>The message with the key that makes its identifier single use; <c>consent.message_id</c>, <c>consent.message_time</c>, <c>consent.message_sender</c>, <c>consent.message_route</c>.</returns>
    public MedIdResult<RoutedMessage> Accept(CollectorMessage message, string sender, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!CollectorIds.IsUuid(message.Id))
        {
            return Error(ConsentErrorCodes.MessageId, ErrorCategory.Malformed);
        }

        if ((message.At - now).Duration() > TimeWindow)
        {
            return Error(ConsentErrorCodes.MessageTime, ErrorCategory.State);
        }

        if (!string.Equals(message.From, sender, StringComparison.Ordinal))
        {
            return Error(ConsentErrorCodes.MessageSender, ErrorCategory.Untrusted);
        }

        return _parties.TryGetValue(message.From, out var from) && _parties.TryGetValue(message.To, out var to) && IsRoute(message, from, to)
            ? new RoutedMessage(message, to, new(_name, message.Id, message.At + TimeWindow))
            : Error(ConsentErrorCodes.MessageRoute, ErrorCategory.Policy);
    }

    private static bool IsRoute(CollectorMessage message, CollectorRole from, CollectorRole to) => (message, from, to) switch
    {
        (ConsentAsked, CollectorRole.Consumer, CollectorRole.Manager) => true,
        (ConsentAnswered or RevocationRequested or PauseRequested, CollectorRole.Person, CollectorRole.Manager) => true,
        (ArtefactIssued or StatusTold, CollectorRole.Manager, CollectorRole.Consumer or CollectorRole.Provider) => true,
        (MessageAcknowledged or TransferReported, CollectorRole.Consumer or CollectorRole.Provider, CollectorRole.Manager) => true,
        (DataRequested, CollectorRole.Consumer, CollectorRole.Provider) => true,
        (RevocationConfirmed, CollectorRole.Manager, CollectorRole.Person) => true,
        _ => false,
    };

    private static MedIdError Error(string code, ErrorCategory category) => new(code, category, "MedIdSdk consent gateway");
}
