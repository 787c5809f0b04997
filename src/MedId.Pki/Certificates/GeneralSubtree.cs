namespace MedId.Pki;

/// <summary>Every name below a base (RFC 5280 §4.2.1.10).</summary>
/// <param name="Base">The base: a name, and for a <see cref="GeneralName.IpAddress"/> an address with its mask (8 or 32 bytes).</param>
/// <param name="Minimum">0 in the profile of RFC 5280; another value cannot be processed and refuses a path on which it stands.</param>
/// <param name="Maximum">null in the profile of RFC 5280; likewise.</param>
public sealed record GeneralSubtree(GeneralName Base, int Minimum = 0, int? Maximum = null);
