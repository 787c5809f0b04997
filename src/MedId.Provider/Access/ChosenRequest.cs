using MedId.Ciba.Server;

namespace MedId.Provider;

/// <summary>A request with what was chosen about it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Context">What was shown.</param>
/// <param name="Choice">The choice.</param>
/// <param name="AccountId">Whose device chose, and has to sign: the person's or a proxy's.</param>
internal sealed record ChosenRequest(CibaRequest Request, AccessContext Context, ConsentChoice Choice, string AccountId);
