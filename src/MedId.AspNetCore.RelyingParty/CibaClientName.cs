namespace MedId.AspNetCore.RelyingParty;

/// <summary>The name of one registered OP, so that the scheduler finds all of them.</summary>
internal sealed record CibaClientName(string Name);
