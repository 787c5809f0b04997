using System.Security.Cryptography;
using MedId.Cli.Frame;
using MedId.Cryptography;

namespace MedId.Cli.Ciba;

/// <summary>A private key as JOSE writes it (RFC 7518 §6, RFC 8037 §2), for tests of a flow; real keys live in files, cards and key services.</summary>
internal sealed record PrivateJwk(string Type, string? Algorithm, string? KeyId, IReadOnlyDictionary<string, byte[]> Numbers, string? Curve)
{
    private static readonly string[] Names = ["x", "y", "d", "n", "e", "p", "q", "dp", "dq", "qi"];

    public static PrivateJwk Read(CallInput jwk)
    {
        // Members that say nothing about the key's value.
        string[] silent = ["use", "key_ops", "ext"];
        foreach (var ignored in silent)
        {
            _ = jwk.Raw(ignored);
        }

        var numbers = Names.Select(name => (Name: name, Value: jwk.OptionalBinary(name))).Where(one => one.Value is not null).ToDictionary(one => one.Name, one => one.Value!, StringComparer.Ordinal);
        return new(jwk.Text("kty"), jwk.OptionalText("alg"), jwk.OptionalText("kid"), numbers, jwk.OptionalText("crv"));
    }

    /// <summary>The key. RSA keys without <c>alg</c> sign with PS256.</summary>
    /// <exception cref="NotSupportedException">Another kind of key than P-256, P-384, P-521, RSA and Ed25519.</exception>
    public SigningKey ToSigningKey()
    {
        try
        {
            return (Type, Curve) switch
            {
                ("EC", "P-256" or "P-384" or "P-521") => Ec(),
                ("RSA", _) => Rsa(),
                ("OKP", "Ed25519") => OpenSslEd25519.Import(Numbers["d"], KeyId),
                _ => throw new NotSupportedException($"a key of kind {Type} {Curve}"),
            };
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or KeyNotFoundException)
        {
            throw new NotSupportedException("the key in keyJwk is not one that can be used: " + e.Message, e);
        }
    }

    private LocalSigningKey Ec()
    {
        var (curve, algorithm) = Curve switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, SignatureAlgorithm.ES256),
            "P-384" => (ECCurve.NamedCurves.nistP384, SignatureAlgorithm.ES384),
            _ => (ECCurve.NamedCurves.nistP521, SignatureAlgorithm.ES512),
        };
        using var key = ECDsa.Create(new ECParameters { Curve = curve, D = Numbers["d"], Q = new ECPoint { X = Numbers["x"], Y = Numbers["y"] } });
        return LocalSigningKey.FromPkcs8(key.ExportPkcs8PrivateKey(), algorithm, KeyId);
    }

    private LocalSigningKey Rsa()
    {
        var algorithm = SignatureAlgorithm.TryFromJose(Algorithm ?? "PS256", out var named) ? named : throw new NotSupportedException("an algorithm " + Algorithm);
        using var key = RSA.Create(new RSAParameters
        {
            Modulus = Numbers["n"],
            Exponent = Numbers["e"],
            D = Numbers["d"],
            P = Numbers["p"],
            Q = Numbers["q"],
            DP = Numbers["dp"],
            DQ = Numbers["dq"],
            InverseQ = Numbers["qi"],
        });
        return LocalSigningKey.FromPkcs8(key.ExportPkcs8PrivateKey(), algorithm, KeyId);
    }
}
