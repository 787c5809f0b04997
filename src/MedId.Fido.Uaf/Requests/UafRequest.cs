namespace MedId.Fido.Uaf;

/// <summary>A request message that <see cref="UafRequestFactory"/> built.</summary>
/// <param name="Operation">Its operation.</param>
/// <param name="Json">The JSON array for member <c>uafRequest</c> of the transport. Whoever keeps it can read back everything a verification needs of it
/// (<see cref="RegistrationRequest.Parse"/>, <see cref="AuthenticationRequest.Parse"/>).</param>
/// <param name="Challenge">The challenge in its wire form; empty for a deregistration.</param>
public sealed record UafRequest(UafOperation Operation, string Json, string Challenge);
