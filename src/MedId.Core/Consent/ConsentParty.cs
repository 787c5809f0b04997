namespace MedId.Core;

/// <summary>The service that receives the data.</summary>
/// <param name="ClientId">Its OAuth client id.</param>
/// <param name="Name">Its name as it was shown, in the language of the notice.</param>
public sealed record ConsentParty(string ClientId, string Name);
