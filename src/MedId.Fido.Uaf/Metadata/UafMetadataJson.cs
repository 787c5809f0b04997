using System.Text.Json;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>Metadata statements on the wire: numbers in version 2, short names in version 3. FIDO metadata statement §3.</summary>
internal static class UafMetadataJson
{
    public static MedIdResult<UafMetadataStatement> Parse(ReadOnlyMemory<byte> utf8)
    {
        if (UafJson.TryParse(utf8) is not { } document)
        {
            return new MedIdError(UafErrorCodes.NotJson, ErrorCategory.Malformed, UafSections.Metadata);
        }

        var problems = new UafJsonProblems();
        var statement = Read(new UafJsonObject(document, "statement", problems));
        return problems.First is null ? statement : problems.ToError(UafErrorCodes.MetadataMalformed, UafSections.Metadata);
    }

    private static UafMetadataStatement Read(UafJsonObject members)
    {
        var problems = members.Problems;
        if (!Aaid.TryParse(members.Text("aaid", Aaid.Length, Aaid.Length), out var aaid))
        {
            problems.Add("aaid", "not an AAID");
        }

        if (members.OptionalText("protocolFamily", 1, 16) is { } family && family != "uaf")
        {
            problems.Add("protocolFamily", "must be uaf");
        }

        var algorithms = Numbers(members, "authenticationAlgorithm", "authenticationAlgorithms", UafMetadataNames.Algorithms);
        var formats = Numbers(members, "publicKeyAlgAndEncoding", "publicKeyAlgAndEncodings", UafMetadataNames.KeyFormats);
        var attestations = Numbers(members, null, "attestationTypes", UafMetadataNames.AttestationTypes);
        var verification = members.List("userVerificationDetails", ReadAlternative, required: true);
        if (problems.First is null && (algorithms.Count == 0 || formats.Count == 0 || attestations.Count == 0))
        {
            problems.Add("statement", "names no algorithm, key format or attestation type that UAF has");
        }

        return new UafMetadataStatement
        {
            Aaid = aaid,
            Description = members.OptionalText("description", 0, 1024) ?? string.Empty,
            AuthenticatorVersion = (ushort)members.Number("authenticatorVersion", ushort.MaxValue),
            AssertionScheme = members.OptionalText("assertionScheme", 1, 64) ?? MatchCriteria.Uafv1Tlv,
            AuthenticationAlgorithms = [.. algorithms.Select(number => (UafAlgorithm)number)],
            PublicKeyFormats = [.. formats.Select(number => (UafKeyFormat)number)],
            AttestationTypes = [.. attestations.Select(number => (UafAttestationType)number)],
            AttestationRootCertificates = members.List("attestationRootCertificates", ReadCertificate, mayBeEmpty: true),
            UserVerification = verification,
            KeyProtection = (KeyProtections)Bits(members, "keyProtection", UafMetadataNames.KeyProtections, ushort.MaxValue),
            MatcherProtection = (MatcherProtections)Bits(members, "matcherProtection", UafMetadataNames.MatcherProtections, ushort.MaxValue),
            AttachmentHint = (AttachmentHints)Bits(members, "attachmentHint", UafMetadataNames.AttachmentHints, uint.MaxValue),
            TransactionDisplay = (TransactionDisplays)Bits(members, "tcDisplay", UafMetadataNames.TransactionDisplays, ushort.MaxValue),
            TransactionContentType = members.OptionalText("tcDisplayContentType", 1, 64),
            IsKeyRestricted = members.OptionalTruth("isKeyRestricted") ?? true,
            IsFreshUserVerificationRequired = members.OptionalTruth("isFreshUserVerificationRequired") ?? true,
            IsSecondFactorOnly = members.OptionalTruth("isSecondFactorOnly") ?? false,
        };
    }

    private static UserVerificationMethods ReadAlternative(JsonElement element, UafJsonProblems problems)
    {
        var methods = UafJsonObject.Items(element, "userVerificationDetails", problems, ReadMethod);
        var together = methods.Aggregate(default(UserVerificationMethods), (all, method) => all | method);
        return methods.Count > 1 ? together | UserVerificationMethods.All : together;
    }

    private static UserVerificationMethods ReadMethod(JsonElement element, UafJsonProblems problems)
    {
        var members = new UafJsonObject(element, "userVerificationDetails", problems);
        if (members.Has("userVerification"))
        {
            return (UserVerificationMethods)members.Number("userVerification", uint.MaxValue);
        }

        var name = members.Text("userVerificationMethod", 1, 64);
        if (UafMetadataNames.UserVerification.TryGetValue(name, out var bit))
        {
            return (UserVerificationMethods)bit;
        }

        problems.Add("userVerificationMethod", "unknown name");
        return default;
    }

    // The standard's own base64 for certificates: padded, and in practice with line breaks.
    private static ReadOnlyMemory<byte> ReadCertificate(JsonElement element, UafJsonProblems problems)
    {
        if (UafJsonObject.TryText(element, out var text))
        {
            var bytes = new byte[text.Length];
            if (text.Length > 0 && Convert.TryFromBase64String(text, bytes, out var length))
            {
                return bytes.AsMemory(0, length);
            }
        }

        problems.Add("attestationRootCertificates", "must be base64 of DER");
        return default;
    }

    private static List<uint> Numbers(UafJsonObject members, string? single, string list, IReadOnlyDictionary<string, uint> names)
    {
        var numbers = new List<uint>();
        if (single is not null && members.OptionalNumber(single, ushort.MaxValue) is { } one)
        {
            numbers.Add(one);
        }

        foreach (var number in members.List(list, (element, problems) => NumberOrName(element, list, names, problems)))
        {
            // A name of a later edition is no reason to refuse the statement: nothing is accepted by it.
            if (number != 0 && !numbers.Contains(number))
            {
                numbers.Add(number);
            }
        }

        return numbers;
    }

    private static uint Bits(UafJsonObject members, string member, IReadOnlyDictionary<string, uint> names, uint maximum)
    {
        if (!members.Has(member))
        {
            return 0;
        }

        var bits = 0u;
        members.ReadEither(
            member,
            number => bits = number <= maximum ? number : Refuse(members.Problems, member),
            element => bits |= NumberOrName(element, member, names, members.Problems));
        return bits;
    }

    private static uint NumberOrName(JsonElement element, string member, IReadOnlyDictionary<string, uint> names, UafJsonProblems problems)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetUInt16(out var number))
        {
            return number;
        }

        return UafJsonObject.TryText(element, out var name) ? names.GetValueOrDefault(name) : Refuse(problems, member);
    }

    private static uint Refuse(UafJsonProblems problems, string member)
    {
        problems.Add(member, "must be numbers or names of the registry");
        return 0;
    }
}
