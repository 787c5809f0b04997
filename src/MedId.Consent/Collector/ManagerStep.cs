using MedId.Core;

namespace MedId.Consent;

/// <summary>What the manager does after a message: store the state and log in one step, consume the key, then send.</summary>
/// <param name="State">The state to store.</param>
/// <param name="Outgoing">Messages to send after it is stored.</param>
/// <param name="Log">Lines to append.</param>
/// <param name="ReplayKey">The identifier of a new consent, which no other consent may ever have; null where none is made.</param>
public sealed record ManagerStep(ManagedConsent State, IReadOnlyList<CollectorMessage> Outgoing, IReadOnlyList<CollectorLogEntry> Log, ReplayKey? ReplayKey = null);
