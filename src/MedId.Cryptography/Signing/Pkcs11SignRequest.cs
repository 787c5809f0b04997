using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>What a token is asked to sign.</summary>
/// <param name="Mechanism">The mechanism.</param>
/// <param name="Input">Its input, as long as the mechanism asks for: a DigestInfo, a hash, or the data.</param>
/// <param name="Hash">For <see cref="Pkcs11Mechanism.RsaPkcsPss"/> the hash of the input and of MGF1 (CK_RSA_PKCS_PSS_PARAMS); null otherwise.</param>
/// <param name="SaltLength">For <see cref="Pkcs11Mechanism.RsaPkcsPss"/> the salt's length in bytes; 0 otherwise.</param>
public sealed record Pkcs11SignRequest(Pkcs11Mechanism Mechanism, ReadOnlyMemory<byte> Input, HashAlgorithmName? Hash = null, int SaltLength = 0);
