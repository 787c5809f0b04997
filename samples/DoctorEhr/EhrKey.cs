using System.Security.Cryptography;
using MedId.Cryptography;
using MedId.Samples.Hosting;

namespace MedId.Samples.DoctorEhr;

/// <summary>The EHR's own key: out of a file, or made at start; its public half goes to the OPs by a file.</summary>
internal static class EhrKey
{
    public static LocalSigningKey Load(HostArguments arguments)
    {
        var key = arguments["--key"] is { } file ? FromPem(File.ReadAllText(file)) : LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        if (arguments["--client-jwks-out"] is { } published)
        {
            File.WriteAllBytes(published, JsonWebKeySet.Of(key.ToJwk()).ToJson());
        }

        return key;
    }

    private static LocalSigningKey FromPem(string pem)
    {
        var pkcs8 = Convert.FromBase64String(pem[PemEncoding.Find(pem).Base64Data]);
        var key = LocalSigningKey.FromPkcs8(pkcs8, SignatureAlgorithm.ES256);
        CryptographicOperations.ZeroMemory(pkcs8);
        return key;
    }
}
