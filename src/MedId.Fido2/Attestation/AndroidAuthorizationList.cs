namespace MedId.Fido2;

/// <summary>The members of an Android AuthorizationList that WebAuthn asks about (§8.4.1).</summary>
/// <param name="Purposes">purpose [1]; null when absent. 2 is signing.</param>
/// <param name="Origin">origin [702]; null when absent. 0 is made by the keystore.</param>
/// <param name="AllApplications">Whether allApplications [600] is there: a key that is of no application.</param>
public sealed record AndroidAuthorizationList(IReadOnlyList<long>? Purposes, long? Origin, bool AllApplications);
