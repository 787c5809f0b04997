using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Metadata;

/// <summary>Statements on the wire: numbers in version 2, names in version 3. FIDO metadata statement §4.</summary>
internal sealed class StatementReader(MetadataJson members)
{
    private readonly List<UnknownMetadataValue> _unknown = [];

    public static MedIdResult<MetadataStatement> Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MetadataLimits.StatementBytes)
        {
            return MetadataLimits.StatementTooLarge();
        }

        var parsed = StrictJson.ParseObject(utf8, MetadataLimits.StatementDepth, MetadataLimits.StatementBytes);
        return parsed.Succeeded
            ? Read(parsed.Value)
            : new MedIdError(MetadataErrorCodes.StatementMalformed, ErrorCategory.Malformed, MetadataSections.Statement, parsed.Error.Code);
    }

    public static MedIdResult<MetadataStatement> Read(JsonElement element)
    {
        var problem = new JsonProblem();
        var statement = new StatementReader(new MetadataJson(element, "metadataStatement", problem)).Read();
        return problem.First is null ? statement with { Members = element } : problem.ToError(MetadataErrorCodes.StatementMalformed, MetadataSections.Statement);
    }

    private MetadataStatement Read()
    {
        var identity = ModelIdentity.Read(members);
        if (!identity.IsNamed)
        {
            members.Problem.Add("metadataStatement", "names no model");
        }

        var schema = members.Short("schema");
        return new MetadataStatement
        {
            Schema = schema,
            ProtocolFamily = members.Text("protocolFamily"),
            Aaid = identity.Aaid,
            Aaguid = identity.Aaguid,
            AttestationCertificateKeyIdentifiers = identity.KeyIdentifiers,
            LegalHeader = members.Text("legalHeader", MetadataLimits.LongText),
            Description = members.Text("description") ?? string.Empty,
            AlternativeDescriptions = ReadAlternatives(),
            AuthenticatorVersion = members.Number("authenticatorVersion") ?? 0,
            Versions = members.List("upv", ReadVersion),
            AssertionScheme = members.Text("assertionScheme"),
            AuthenticationAlgorithms = [.. Numbers("authenticationAlgorithm", "authenticationAlgorithms", RegistryNames.Algorithms).Select(number => (FidoAlgorithm)number)],
            PublicKeyFormats = [.. Numbers("publicKeyAlgAndEncoding", "publicKeyAlgAndEncodings", RegistryNames.KeyFormats).Select(number => (FidoKeyFormat)number)],
            AttestationTypes = [.. Numbers(null, "attestationTypes", RegistryNames.AttestationTypes).Select(number => (FidoAttestationType)number)],
            AttestationRootCertificates = members.List("attestationRootCertificates", ReadCertificate),
            EcdaaTrustAnchors = members.List("ecdaaTrustAnchors", ReadEcdaa),
            UserVerification = members.List("userVerificationDetails", ReadAlternative),
            KeyProtection = (KeyProtections)Bits("keyProtection", RegistryNames.KeyProtections, ushort.MaxValue),
            MatcherProtection = (MatcherProtections)Bits("matcherProtection", RegistryNames.MatcherProtections, ushort.MaxValue),
            AttachmentHint = (AttachmentHints)Bits("attachmentHint", RegistryNames.AttachmentHints, uint.MaxValue),
            TransactionDisplay = (TransactionDisplays)Bits("tcDisplay", RegistryNames.TransactionDisplays, ushort.MaxValue),
            TransactionContentType = members.Text("tcDisplayContentType"),
            TransactionPictures = members.List("tcDisplayPNGCharacteristics", ReadPicture),
            IsKeyRestricted = members.Truth("isKeyRestricted") ?? true,
            IsFreshUserVerificationRequired = members.Truth("isFreshUserVerificationRequired") ?? true,
            IsSecondFactorOnly = members.Truth("isSecondFactorOnly") ?? false,
            CryptoStrength = members.Short("cryptoStrength"),
            OperatingEnvironment = members.Text("operatingEnv"),
            Icon = members.Text("icon", MetadataLimits.LongText),
            SupportedExtensions = members.List("supportedExtensions", ReadExtension),
            UnknownValues = _unknown,
        };
    }

    private Dictionary<string, string> ReadAlternatives()
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (members.TryGet("alternativeDescriptions", out var element))
        {
            if (element.ValueKind != JsonValueKind.Object || element.GetPropertyCount() > MetadataLimits.ListItems)
            {
                members.Problem.Add("alternativeDescriptions", "must be an object of texts");
                return texts;
            }

            foreach (var text in element.EnumerateObject())
            {
                texts[text.Name] = MetadataJson.TextOf(text.Value, "alternativeDescriptions", MetadataLimits.Text, members.Problem) ?? string.Empty;
            }
        }

        return texts;
    }

    private static MetadataVersion ReadVersion(JsonElement element, JsonProblem problem)
    {
        var version = new MetadataJson(element, "upv", problem);
        return new((ushort)version.RequiredNumber("major", ushort.MaxValue), (ushort)version.RequiredNumber("minor", ushort.MaxValue));
    }

    // The base64 of RFC 4648 §4; files of vendors break its lines.
    private static ReadOnlyMemory<byte> ReadCertificate(JsonElement element, JsonProblem problem)
    {
        if (MetadataJson.TextOf(element, "attestationRootCertificates", MetadataLimits.LongText, problem) is { Length: > 0 } text)
        {
            var bytes = new byte[text.Length];
            if (Convert.TryFromBase64String(text, bytes, out var length) && length > 0)
            {
                return bytes.AsMemory(0, length);
            }
        }

        problem.Add("attestationRootCertificates", "must be base64 of DER");
        return default;
    }

    private static EcdaaTrustAnchor ReadEcdaa(JsonElement element, JsonProblem problem)
    {
        var anchor = new MetadataJson(element, "ecdaaTrustAnchors", problem);
        return new(
            anchor.RequiredText("X"), anchor.RequiredText("Y"), anchor.RequiredText("c"), anchor.RequiredText("sx"), anchor.RequiredText("sy"), anchor.RequiredText("G1Curve"));
    }

    private IReadOnlyList<VerificationMethod> ReadAlternative(JsonElement element, JsonProblem problem) =>
        MetadataJson.Items(element, "userVerificationDetails", problem, ReadMethod);

    private VerificationMethod ReadMethod(JsonElement element, JsonProblem problem)
    {
        var method = new MetadataJson(element, "userVerificationDetails", problem);
        var (bits, unknown) = (0u, (string?)null);
        if (method.Number("userVerification", uint.MaxValue) is { } number)
        {
            bits = (uint)number;
        }
        else
        {
            var name = method.RequiredText("userVerificationMethod");
            if (!RegistryNames.UserVerification.TryGetValue(name, out bits))
            {
                unknown = name;
                _unknown.Add(new("userVerificationMethod", name));
            }
        }

        return new VerificationMethod
        {
            Method = (UserVerificationMethods)bits,
            UnknownName = unknown,
            Code = method.Object("caDesc") is { } code
                ? new((ushort)code.RequiredNumber("base", ushort.MaxValue), (ushort)code.RequiredNumber("minLength", ushort.MaxValue), code.Short("maxRetries"), code.Short("blockSlowdown"))
                : null,
            Biometric = method.Object("baDesc") is { } biometric
                ? new(
                    biometric.Fraction("selfAttestedFRR") ?? biometric.Fraction("FRR"),
                    biometric.Fraction("selfAttestedFAR") ?? biometric.Fraction("FAR"),
                    biometric.Short("maxTemplates"),
                    biometric.Short("maxRetries"),
                    biometric.Short("blockSlowdown"))
                : null,
            Pattern = method.Object("paDesc") is { } pattern
                ? new((uint)pattern.RequiredNumber("minComplexity", uint.MaxValue), pattern.Short("maxRetries"), pattern.Short("blockSlowdown"))
                : null,
        };
    }

    private static MetadataPng ReadPicture(JsonElement element, JsonProblem problem)
    {
        var picture = new MetadataJson(element, "tcDisplayPNGCharacteristics", problem);
        byte Octet(string member) => (byte)picture.RequiredNumber(member, byte.MaxValue);
        return new(
            (uint)picture.RequiredNumber("width", uint.MaxValue),
            (uint)picture.RequiredNumber("height", uint.MaxValue),
            Octet("bitDepth"),
            Octet("colorType"),
            Octet("compression"),
            Octet("filter"),
            Octet("interlace"),
            picture.List("plte", ReadColour));
    }

    private static (ushort Red, ushort Green, ushort Blue) ReadColour(JsonElement element, JsonProblem problem)
    {
        var colour = new MetadataJson(element, "plte", problem);
        ushort Part(string member) => (ushort)colour.RequiredNumber(member, ushort.MaxValue);
        return (Part("r"), Part("g"), Part("b"));
    }

    private static MetadataExtension ReadExtension(JsonElement element, JsonProblem problem)
    {
        var extension = new MetadataJson(element, "supportedExtensions", problem);
        return new(extension.RequiredText("id"), extension.Short("tag"), extension.Text("data"), extension.Truth("fail_if_unknown") ?? false);
    }

    private List<uint> Numbers(string? single, string list, IReadOnlyDictionary<string, uint> names)
    {
        var numbers = new List<uint>();
        if (single is not null && members.Short(single) is { } one)
        {
            numbers.Add(one);
        }

        foreach (var number in members.List(list, (element, problem) => NumberOrName(element, list, names, ushort.MaxValue, problem)))
        {
            if (number is { } known && !numbers.Contains(known))
            {
                numbers.Add(known);
            }
        }

        return numbers;
    }

    private uint Bits(string member, IReadOnlyDictionary<string, uint> names, uint maximum)
    {
        if (!members.TryGet(member, out var value))
        {
            return 0;
        }

        return value.ValueKind == JsonValueKind.Number
            ? (uint)(members.Number(member, maximum) ?? 0)
            : MetadataJson.Items(value, member, members.Problem, (element, problem) => NumberOrName(element, member, names, maximum, problem) ?? 0)
                .Aggregate(0u, (bits, bit) => bits | bit);
    }

    private uint? NumberOrName(JsonElement element, string member, IReadOnlyDictionary<string, uint> names, uint maximum, JsonProblem problem)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetUInt32(out var number) && number <= maximum)
        {
            return number;
        }

        if (element.ValueKind != JsonValueKind.String || element.GetString() is not { Length: <= MetadataLimits.Text } name)
        {
            problem.Add(member, "must be numbers or names of the registry");
            return null;
        }

        if (names.TryGetValue(name, out var known))
        {
            return known;
        }

        _unknown.Add(new(member, name));
        return null;
    }
}
