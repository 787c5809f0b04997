using System.Collections.Immutable;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>The array that every UAF message is: one dictionary a protocol version, none twice. UAF 1.1 protocol §2.1, §3.1.</summary>
internal static class UafMessages
{
    private static readonly UafVersion[] NewestFirst = [UafVersion.V12, UafVersion.V11, UafVersion.V10];

    public static MedIdError TooLong(string section) => new(UafErrorCodes.NotJson, ErrorCategory.Malformed, section, "the message is longer than 128 KiB");

    public static MedIdResult<T> ReadResponse<T>(
        ReadOnlyMemory<byte> utf8,
        UafOperation operation,
        string section,
        Tolerance tolerance,
        Func<OperationHeader, FinalChallengeParams, IReadOnlyList<UafAssertion>, T> create)
        where T : notnull
    {
        if (UafJson.TryParse(utf8) is not { } document)
        {
            return new MedIdError(UafErrorCodes.NotJson, ErrorCategory.Malformed, section);
        }

        var problems = new UafJsonProblems();
        var versions = ReadVersions(document, problems, UafErrorCodes.ResponseMalformed, section);
        if (!versions.Succeeded)
        {
            return versions.Error;
        }

        if (Locate(versions.Value, out var entry) is not { } header)
        {
            return new MedIdError(UafErrorCodes.VersionUnsupported, ErrorCategory.Unsupported, section);
        }

        if (header.Operation != operation)
        {
            return new MedIdError(UafErrorCodes.OperationMismatch, ErrorCategory.Protocol, section);
        }

        var members = new UafJsonObject(entry, "message", problems);
        var encoded = members.Text("fcParams", 1, UafLimits.FinalChallengeParamsCharacters);
        var assertions = members.List("assertions", (element, found) => UafAssertion.Read(element, found, tolerance), required: true, maximum: UafLimits.Assertions);
        if (problems.First is not null)
        {
            return problems.ToError(UafErrorCodes.ResponseMalformed, section);
        }

        var challenge = FinalChallengeParams.Parse(encoded, section, tolerance);
        return challenge.Succeeded ? create(header, challenge.Value, assertions) : challenge.Error;
    }

    public static MedIdResult<ImmutableArray<T>> ReadAll<T>(string json, UafOperation operation, string section, Func<OperationHeader, UafJsonObject, T> read)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (UafJson.TryParse(json) is not { } document)
        {
            return new MedIdError(UafErrorCodes.NotJson, ErrorCategory.Malformed, section);
        }

        var problems = new UafJsonProblems();
        var versions = ReadVersions(document, problems, UafErrorCodes.RequestMalformed, section);
        if (!versions.Succeeded)
        {
            return versions.Error;
        }

        var entries = new List<T>();
        foreach (var (header, element) in versions.Value.Where(version => NewestFirst.Contains(version.Header.Version)))
        {
            if (header.Operation != operation)
            {
                return new MedIdError(UafErrorCodes.OperationMismatch, ErrorCategory.Protocol, section);
            }

            entries.Add(read(header, new UafJsonObject(element, "message", problems)));
        }

        return problems.First is not null ? problems.ToError(UafErrorCodes.RequestMalformed, section)
            : entries.Count == 0 ? new MedIdError(UafErrorCodes.VersionUnsupported, ErrorCategory.Unsupported, section)
            : entries.ToImmutableArray();
    }

    public static string ReadChallenge(UafJsonObject members)
    {
        var bytes = members.Bytes("challenge", UafLimits.ChallengeMinimumBytes, UafLimits.ChallengeMaximumBytes);
        return StrictBase64Url.Encode(bytes);
    }

    private static MedIdResult<List<(OperationHeader Header, JsonElement Element)>> ReadVersions(
        JsonElement root, UafJsonProblems problems, string malformed, string section)
    {
        var entries = UafJsonObject.Items(root, "message", problems, (element, found) => element, maximum: 16);
        var versions = new List<(OperationHeader Header, JsonElement Element)>(entries.Count);
        foreach (var element in entries)
        {
            var header = UafJson.ReadHeader(new UafJsonObject(element, "message", problems).Object("header"));
            if (problems.First is not null)
            {
                break;
            }

            if (versions.Exists(version => version.Header.Version == header.Version))
            {
                return new MedIdError(UafErrorCodes.VersionDuplicate, ErrorCategory.Malformed, section);
            }

            versions.Add((header, element));
        }

        return problems.First is null ? versions : problems.ToError(malformed, section);
    }

    private static OperationHeader? Locate(List<(OperationHeader Header, JsonElement Element)> versions, out JsonElement entry)
    {
        foreach (var version in NewestFirst)
        {
            foreach (var (header, element) in versions)
            {
                if (header.Version == version)
                {
                    entry = element;
                    return header;
                }
            }
        }

        entry = default;
        return null;
    }
}
