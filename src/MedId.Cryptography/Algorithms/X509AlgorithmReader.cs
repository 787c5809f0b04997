using System.Formats.Asn1;
using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>AlgorithmIdentifiers of signatures (RFC 5280 §4.1.1.2) with the parameters that their definitions ask for.</summary>
internal static class X509AlgorithmReader
{
    public const string RsassaPss = "1.2.840.113549.1.1.10";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const string Mgf1 = "1.2.840.113549.1.1.8";
    private const int MaxBytes = 256;

    public static SignatureAlgorithm? ReadSignature(ReadOnlySpan<byte> der, KeyKind kind)
    {
        if (!TryOpen(der, out var identifier, out var oid))
        {
            return null;
        }

        try
        {
            return ReadSignature(identifier, oid, kind);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    public static SignatureAlgorithm? ReadCmsSignature(ReadOnlySpan<byte> der, DigestAlgorithm digest, KeyKind kind)
    {
        if (!TryOpen(der, out var identifier, out var oid))
        {
            return null;
        }

        try
        {
            if (string.Equals(oid, RsaEncryption, StringComparison.Ordinal))
            {
                return kind == KeyKind.Rsa && HasNullOrNoParameters(identifier) ? RsaPkcs1(digest.Hash) : null;
            }

            var algorithm = ReadSignature(identifier, oid, kind);
            return algorithm?.Hash == digest.Hash ? algorithm : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>Reads a hash's AlgorithmIdentifier; NULL and absent parameters are the same (RFC 4055 §2.1, RFC 5754 §2).</summary>
    public static string? ReadDigest(ReadOnlySpan<byte> der)
    {
        try
        {
            return TryOpen(der, out var identifier, out var oid) && HasNullOrNoParameters(identifier) ? oid : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static SignatureAlgorithm? ReadSignature(AsnReader identifier, string oid, KeyKind kind)
    {
        if (string.Equals(oid, RsassaPss, StringComparison.Ordinal))
        {
            return kind == KeyKind.Rsa && ReadPssHash(identifier) is { } hash ? SignatureAlgorithm.Find(oid, kind, hash.Name) : null;
        }

        var algorithm = SignatureAlgorithm.Find(oid, kind);
        return algorithm is not null && (kind == KeyKind.Rsa ? HasNullOrNoParameters(identifier) : !identifier.HasData) ? algorithm : null;
    }

    private static SignatureAlgorithm? RsaPkcs1(HashAlgorithmName hash) =>
        Array.Find([SignatureAlgorithm.RS256, SignatureAlgorithm.RS384, SignatureAlgorithm.RS512, SignatureAlgorithm.RsaSha1], a => a.Hash == hash);

    /// <summary>RFC 4055 §3.1. The defaults are SHA-1's, so hash, MGF and salt length have to be there; trailer 1 is the default, which DER leaves out.</summary>
    private static HashAlgorithmName? ReadPssHash(AsnReader identifier)
    {
        var parameters = identifier.ReadSequence();
        identifier.ThrowIfNotEmpty();
        var hash = ReadHash(Explicit(parameters, 0));
        var generator = Explicit(parameters, 1);
        var mask = generator.ReadSequence();
        generator.ThrowIfNotEmpty();
        var isMgf1 = string.Equals(mask.ReadObjectIdentifier(), Mgf1, StringComparison.Ordinal);
        var maskHash = ReadHash(mask);
        var salt = Explicit(parameters, 2);
        var saltIsHash = salt.TryReadInt32(out var length) && length == hash?.Length;
        salt.ThrowIfNotEmpty();
        parameters.ThrowIfNotEmpty();
        return isMgf1 && hash is { IsWeak: false } && hash == maskHash && saltIsHash ? hash.Hash : null;
    }

    private static DigestAlgorithm? ReadHash(AsnReader container)
    {
        DigestAlgorithm.TryFromX509(container.ReadEncodedValue().Span, out var hash);
        container.ThrowIfNotEmpty();
        return hash;
    }

    private static AsnReader Explicit(AsnReader parameters, int number) => parameters.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, number));

    private static bool HasNullOrNoParameters(AsnReader identifier)
    {
        if (identifier.HasData)
        {
            identifier.ReadNull();
        }

        return !identifier.HasData;
    }

    private static bool TryOpen(ReadOnlySpan<byte> der, out AsnReader identifier, out string oid)
    {
        (identifier, oid) = (null!, string.Empty);
        if (der.Length > MaxBytes)
        {
            return false;
        }

        try
        {
            var outer = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            identifier = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            oid = identifier.ReadObjectIdentifier();
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
