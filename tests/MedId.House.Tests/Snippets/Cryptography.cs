using MedId.Cryptography;

namespace MedId.House.Tests.Snippets;

internal static class Cryptography
{
    public static async Task SignAndVerifyAsync(JsonWebKeySet clientKeys, DateTimeOffset now, CancellationToken cancellationToken)
    {
        #region Cryptography_Sign
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        string token = await JwtSigner.SignAsync(key, "client-authentication+jwt", claims =>
        {
            claims.WriteString("iss", "https://ehr.example");
            claims.WriteString("sub", "https://ehr.example");
            claims.WriteString("aud", "https://op.example");
            claims.WriteString("jti", SecretGenerator.Base64Url());
            claims.WriteNumber("exp", now.AddMinutes(1).ToUnixTimeSeconds());
        }, cancellationToken);
        #endregion

        #region Cryptography_Verify
        var result = JwtVerifier.Verify(token, new JwtExpectations
        {
            Keys = clientKeys,
            Algorithms = AlgorithmPolicy.Default.For(SignatureUse.ClientAssertion, now),
            Type = JwtTypeRule.OneOf("client-authentication+jwt"),
            Issuer = "https://ehr.example",
            Audience = JwtAudienceRule.ExactlySingleString("https://op.example"),
            Now = now,
            Lifetime = JwtLifetimeRule.AtMost(TimeSpan.FromMinutes(5)),
            RequiredClaims = ["jti"],
        });
        Console.WriteLine(result.Succeeded ? $"consume once: {result.Value.ReplayKey!.Id}" : result.Error.Code);
        #endregion
    }

    public static string ReadField(byte[] masterKey, string recordId)
    {
        #region Cryptography_Fields
        var cipher = new FieldCipher("hospital-a", FieldKey.DeriveForTenant("2026-04", masterKey, "hospital-a"));
        byte[] stored = cipher.ProtectText($"notice/{recordId}/body", "同意の内容");

        // The purpose holds the record's id: a ciphertext copied into another record is refused.
        string body = cipher.UnprotectText($"notice/{recordId}/body", stored).Value ?? "refused";
        #endregion
        return body;
    }

    public static string JudgeCertificate(byte[] algorithmIdentifier, byte[] tbsCertificate, byte[] signature, PublicKey issuer, DateTimeOffset at)
    {
        #region Cryptography_X509
        if (!SignatureAlgorithm.TryFromX509(algorithmIdentifier, issuer, out var algorithm))
        {
            return "not an algorithm for this key";
        }

        var rule = AlgorithmPolicy.Default.For(SignatureUse.Certificate, at);
        if (!rule.Allows(algorithm, issuer) || !issuer.Verify(algorithm, tbsCertificate, signature))
        {
            return "refused";
        }

        return rule.AllowsOnlyAsWeak(algorithm, issuer) ? "accepted, by an exception for old material" : "accepted";
        #endregion
    }

    public static string ReadPasskey(byte[] authenticatorDataFromTheKeyOn, byte[] signed, byte[] signature)
    {
        #region Cryptography_Cose
        var read = CoseKey.Read(authenticatorDataFromTheKeyOn, out int length);
        if (!read.Succeeded)
        {
            // cbor.not_canonical, key.algorithm_mismatch, key.point_not_on_curve, crypto.algorithm_unsupported_here …
            return read.Error.Code;
        }

        // The key names its one algorithm; WebAuthn signs ECDSA in DER, and the row that is found says so.
        var (key, algorithm) = (read.Value.Key, read.Value.Signature);
        return key.Verify(algorithm, signed, signature) ? $"signed; the key took {length} bytes" : "not signed by it";
        #endregion
    }
}
