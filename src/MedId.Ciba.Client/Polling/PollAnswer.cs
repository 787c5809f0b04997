using MedId.Core;

namespace MedId.Ciba.Client;

/// <summary>What a token endpoint said to one poll.</summary>
internal sealed record PollAnswer(PollAnswerKind Kind, CibaTokens? Tokens = null, MedIdError? Error = null, TimeSpan? RetryAfter = null, bool IsServerBusy = false);
