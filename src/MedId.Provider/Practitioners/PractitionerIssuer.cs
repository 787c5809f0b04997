using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>A doctor OP that this OP trusts, with its keys as they were gathered.</summary>
/// <param name="Issuer">Its issuer identifier, compared ordinally.</param>
/// <param name="Keys">Its published keys.</param>
public sealed record PractitionerIssuer(string Issuer, JsonWebKeySet Keys);
