using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Testing.Tests;

/// <summary>Encrypted tokens between this library and the npm package jose, both ways, each algorithm with each encryption.</summary>
[Trait("Peer", "node")]
public sealed class JosePeerTests
{
    private const string Content = "synthetic.nested.jwt";

    private static (KeyManagementAlgorithm Algorithm, ContentEncryption Encryption)[] All { get; } =
        [.. Enum.GetValues<KeyManagementAlgorithm>().SelectMany(algorithm => Enum.GetValues<ContentEncryption>().Select(encryption => (algorithm, encryption)))];

    [Fact]
    public async Task Jose_OpensWhatThisLibraryEncrypts()
    {
        using var ec = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        var opened = await NodeScript.RunAsync("jwe-peer.mjs", "jose", [.. All.Select(way =>
        {
            AsymmetricAlgorithm pair = way.Algorithm == KeyManagementAlgorithm.RsaOaep256 ? rsa : ec;
            var key = new JsonWebEncryptionKey(PublicKey.FromSubjectPublicKeyInfo(pair.ExportSubjectPublicKeyInfo()).Value!, "k1");
            return new JsonObject
            {
                ["jwe"] = JweEncrypter.Encrypt(Encoding.ASCII.GetBytes(Content), key, way.Algorithm, way.Encryption),
                ["pkcs8"] = pair.ExportPkcs8PrivateKeyPem(),
                ["alg"] = EncryptionNames.ToName(way.Algorithm),
                ["enc"] = EncryptionNames.ToName(way.Encryption),
            };
        })]);
        Assert.Equal(All.Length, opened.Count);
        Assert.All(opened, one => Assert.Equal(Content, (string?)one["payload"]));
        Assert.All(opened, one => Assert.Equal("JWT", (string?)one["header"]!["cty"]));
    }

    [Fact]
    public async Task ThisLibrary_OpensWhatJoseEncrypts()
    {
        var keys = All.Select(way => DecryptionKey.Generate(way.Algorithm, "k1")).ToList();
        try
        {
            var made = await NodeScript.RunAsync("jwe-peer.mjs", "jose", [.. All.Select((way, i) => new JsonObject
            {
                ["payload"] = Content,
                ["jwk"] = Jwk(keys[i].Public),
                ["alg"] = EncryptionNames.ToName(way.Algorithm),
                ["enc"] = EncryptionNames.ToName(way.Encryption),
            })]);
            for (var i = 0; i < All.Length; i++)
            {
                var opened = JweDecrypter.Decrypt((string)made[i]["jwe"]!, [keys[i]], All[i].Algorithm, All[i].Encryption);
                Assert.Equal(Content, Encoding.ASCII.GetString(opened.Value!));
            }
        }
        finally
        {
            keys.ForEach(static key => key.Dispose());
        }
    }

    private static JsonNode Jwk(JsonWebEncryptionKey key)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            key.WriteTo(writer);
        }

        return JsonNode.Parse(buffer.ToArray())!;
    }
}
