using System.Text.Json;

namespace MedId.Cryptography;

/// <summary>An encoded point on Edwards25519 or Edwards448.</summary>
internal sealed class EdwardsKeyMaterial(KeyKind kind, byte[] point, IEdwardsVerifier verifier) : KeyMaterial
{
    public const int Ed25519Length = 32;
    public const int Ed448Length = 57;

    public override KeyKind Kind => kind;

    public override int SizeInBits => kind == KeyKind.Ed25519 ? 255 : 448;

    public override (byte[] First, byte[] Second) Numbers => (point, []);

    public override string ThumbprintInput => $$"""{"crv":"{{kind}}","kty":"OKP","x":"{{StrictBase64Url.Encode(point)}}"}""";

    public override bool Verify(SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => verifier.Verify(data, signature);

    public override byte[] ExportSubjectPublicKeyInfo() => SubjectPublicKeyInfoWriter.WriteEdwards(kind, point);

    public override void WriteJwkMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("crv"u8, kind.ToString());
        writer.WriteString("kty"u8, "OKP"u8);
        writer.WriteString("x"u8, StrictBase64Url.Encode(point));
    }
}
