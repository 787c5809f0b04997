using MedId.Cryptography;

namespace MedId.Ciba.Server;

/// <summary>The <c>auth_req_id</c> (CIBA Core §7.3): 256 random bits, stored as a digest only.</summary>
internal static class AuthReqId
{
    public static string Create() => SecretGenerator.Base64Url();

    public static string Digest(string authReqId) => SecretDigest.Compute("auth_req_id", authReqId);
}
