using MedId.Cryptography;

namespace TrimmedSmoke;

internal static class JoseCheck
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    public static async Task RunAsync()
    {
        foreach (var algorithm in new[] { SignatureAlgorithm.ES256, SignatureAlgorithm.PS256 })
        {
            using var key = LocalSigningKey.Generate(algorithm, "smoke");
            var token = await JwtSigner.SignAsync(key, "at+jwt", claims =>
            {
                claims.WriteString("iss", "https://op.example");
                claims.WriteString("aud", "https://api.example/fhir");
                claims.WriteNumber("iat", Now.ToUnixTimeSeconds());
                claims.WriteNumber("exp", Now.AddMinutes(5).ToUnixTimeSeconds());
            });
            var expected = new JwtExpectations
            {
                Algorithms = AlgorithmPolicy.Default.For(SignatureUse.AccessToken, Now),
                Keys = JsonWebKeySet.Of(key.ToJwk()),
                Issuer = "https://op.example",
                Audience = JwtAudienceRule.ExactlySingleString("https://api.example/fhir"),
                Type = JwtTypeRule.OneOf("at+jwt"),
                Lifetime = JwtLifetimeRule.AtMost(TimeSpan.FromMinutes(5)),
                Now = Now,
            };

            Require.Accepted(JwtVerifier.Verify(token, expected));
            Require.Refused(JwtVerifier.Verify(token, expected with { Now = Now.AddHours(1) }), CryptographyErrorCodes.JoseExpired);
        }
    }
}
