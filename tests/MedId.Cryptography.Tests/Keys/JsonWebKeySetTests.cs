using System.Text;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class JsonWebKeySetTests
{
    private const string Ec = """{"kty":"EC","crv":"P-256","kid":"a","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    private static string Rsa => PublishedVectors.Rfc7638Key;

    public static TheoryData<string> Ignored =>
    [
        """{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""",
        """{"kty":"unheard-of"}""",
        Ec.Replace("P-256", "P-256X", StringComparison.Ordinal),
        Ec.Replace("\"kty\"", "\"use\":\"enc\",\"kty\"", StringComparison.Ordinal),
        Ec.Replace("\"kty\"", "\"alg\":\"ECDH-ES\",\"kty\"", StringComparison.Ordinal),
        Ec.Replace("\"kty\"", "\"alg\":\"ES384\",\"kty\"", StringComparison.Ordinal),
        Ec.Replace("\"kty\"", "\"alg\":\"none\",\"kty\"", StringComparison.Ordinal),
        Ec.Replace("\"kty\"", "\"key_ops\":[\"deriveKey\"],\"kty\"", StringComparison.Ordinal),
        Ec.Replace("\"kty\"", "\"key_ops\":\"verify\",\"kty\"", StringComparison.Ordinal),
        """{"kty":"RSA","e":"AQAB","n":"gAAAAAAAAAAAAAAAAAAAAQ"}""",
    ];

    public static TheoryData<string, string> Refusals => new()
    {
        { "[]", CryptographyErrorCodes.KeySetMalformed },
        { "{}", CryptographyErrorCodes.KeySetMalformed },
        { """{"keys":{}}""", CryptographyErrorCodes.KeySetMalformed },
        { """{"keys":[1]}""", CryptographyErrorCodes.KeyMalformed },
        { Set("""{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"""), CryptographyErrorCodes.KeyMalformed },
        { Set(Ec.Replace("\"a\"", "1", StringComparison.Ordinal)), CryptographyErrorCodes.KeyMalformed },
        { Set(Ec.Replace("f83O", "f83P", StringComparison.Ordinal)), CryptographyErrorCodes.KeyPointNotOnCurve },
        { Set("""{"kty":"oct","k":"c2VjcmV0"}"""), CryptographyErrorCodes.KeyPrivateMember },
        { Set(Ec.Replace("\"kty\"", "\"d\":\"AA\",\"kty\"", StringComparison.Ordinal)), CryptographyErrorCodes.KeyPrivateMember },
        { Set(Ec, Ec), CryptographyErrorCodes.KeyDuplicateId },
        { """{"keys":[],"keys":[]}""", CryptographyErrorCodes.JsonDuplicateMember },
        { "{", CryptographyErrorCodes.JsonMalformed },
    };

    [Fact]
    public void Parse_Set_FindsByIdAndAlgorithm()
    {
        var set = Refused.Not(JsonWebKeySet.Parse(Json.Bytes(Set(Ec, Rsa))));

        Assert.Equal(["a", "2011-04-29"], set.Keys.Select(k => k.KeyId));
        Assert.Equal(["a"], set.Find("a", SignatureAlgorithm.ES256).Select(k => k.KeyId));
        Assert.Equal(["a"], set.Find(null, SignatureAlgorithm.ES256).Select(k => k.KeyId));
        Assert.Equal(["2011-04-29"], set.Find(null, SignatureAlgorithm.RS256).Select(k => k.KeyId));
        Assert.Empty(set.Find(null, SignatureAlgorithm.PS256)); // the key says alg RS256
        Assert.Empty(set.Find("A", SignatureAlgorithm.ES256));
        Assert.Empty(set.Find("a", SignatureAlgorithm.ES384));
    }

    [Theory]
    [MemberData(nameof(Ignored))]
    public void Parse_KeyOfAnotherPurpose_IsLeftOut(string jwk) => Assert.Single(Refused.Not(JsonWebKeySet.Parse(Json.Bytes(Set(jwk, Ec)))).Keys);

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Parse_WrongSet_IsRefused(string json, string code) => Refused.With(code, JsonWebKeySet.Parse(Json.Bytes(json)));

    [Fact]
    public void Parse_SameIdForAnotherKind_IsRead() =>
        Assert.Equal(2, Refused.Not(JsonWebKeySet.Parse(Json.Bytes(Set(Ec, Rsa.Replace("2011-04-29", "a", StringComparison.Ordinal))))).Keys.Count);

    [Fact]
    public void Parse_Count_IsBoundedBeforeKeysAreRead()
    {
        Refused.Not(JsonWebKeySet.Parse(Json.Bytes(Set([.. Enumerable.Repeat("""{"kty":"x"}""", JsonWebKeySet.MaxKeys)]))));
        Refused.With(CryptographyErrorCodes.KeySetTooLarge, JsonWebKeySet.Parse(Json.Bytes(Set([.. Enumerable.Repeat("""{"kty":"x"}""", JsonWebKeySet.MaxKeys + 1)]))));
    }

    [Fact]
    public void ToJson_Set_ReadsBackEqual()
    {
        var set = Refused.Not(JsonWebKeySet.Parse(Json.Bytes(Set(Ec, Rsa))));
        var copy = Refused.Not(JsonWebKeySet.Parse(set.ToJson()));

        Assert.Equal(set.Keys.Select(k => (k.KeyId, k.Algorithm, k.Key)), copy.Keys.Select(k => (k.KeyId, k.Algorithm, k.Key)));
        Assert.Equal("""{"keys":[]}""", Encoding.UTF8.GetString(JsonWebKeySet.Empty.ToJson()));
    }

    [Fact]
    public void Of_SameIdTwiceOrTooMany_Throws()
    {
        var key = Refused.Not(PublicKey.FromJwk(Json.Parse(Ec)));

        Assert.Throws<ArgumentException>(() => JsonWebKeySet.Of(key.ToJwk("a"), key.ToJwk("a")));
        Assert.Throws<ArgumentException>(() => JsonWebKeySet.Of(Enumerable.Range(0, JsonWebKeySet.MaxKeys + 1).Select(_ => key.ToJwk())));
    }

    [Fact]
    public void Parse_AnyMutant_NeverThrows()
    {
        var accepted = 0;
        foreach (var mutant in new SeededMutator(7517).Mutate(Json.Bytes(Set(Ec, Rsa)), 2_000))
        {
            var result = JsonWebKeySet.Parse(mutant.Bytes);
            accepted += result.Succeeded ? 1 : 0;
            if (result.Succeeded)
            {
                var copy = Refused.Not(JsonWebKeySet.Parse(result.Value.ToJson()));
                Assert.Equal(result.Value.Keys.Select(k => k.Key), copy.Keys.Select(k => k.Key));
            }
        }

        Assert.NotEqual(0, accepted);
    }

    private static string Set(params string[] keys) => $$"""{"keys":[{{string.Join(',', keys)}}]}""";
}
