using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>What a token request proved: the key that its tokens are bound to, none, or why it is refused.</summary>
/// <param name="Confirmation">The key; null where tokens are not bound, and with a refusal.</param>
/// <param name="Error">The refusal; null when there is none.</param>
public sealed record SenderConstraint(TokenConfirmation? Confirmation, MedIdError? Error);
