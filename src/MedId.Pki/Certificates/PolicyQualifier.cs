namespace MedId.Pki;

/// <summary>What a CA says about a policy, for people: a pointer to its practice statement or a notice (RFC 5280 §4.2.1.4). Shown, never judged.</summary>
/// <param name="Oid">Which kind of qualifier.</param>
/// <param name="Value">The DER element of the qualifier.</param>
public sealed record PolicyQualifier(string Oid, ReadOnlyMemory<byte> Value);
