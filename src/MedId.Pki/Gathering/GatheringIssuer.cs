using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>Who issued a certificate of the chain: a certificate, or an anchor that may be a name and a key.</summary>
internal sealed record GatheringIssuer(PublicKey Key, Certificate? Certificate, bool IsAnchor);
