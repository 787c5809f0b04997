namespace MedId.Ciba.Server;

/// <summary>A poll judged: the outcome and the request as it stands after it.</summary>
/// <param name="Outcome">What the client hears.</param>
/// <param name="Request">The request after the poll; for <see cref="CibaPollOutcome.Unknown"/> of no use to the client.</param>
public sealed record CibaPoll(CibaPollOutcome Outcome, CibaRequest Request);
