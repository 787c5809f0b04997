using System.Security.Cryptography;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Metadata;

/// <summary>The payload of the BLOB on the wire. FIDO MDS 3.0 §3.1.6.</summary>
internal sealed record BlobPayload
{
    public required long Number { get; init; }

    public required DateOnly NextUpdate { get; init; }

    public required string? LegalHeader { get; init; }

    public required string Sha256 { get; init; }

    public required IReadOnlyList<MetadataEntry> Entries { get; init; }

    public required IReadOnlyList<MedIdError> Unnamed { get; init; }

    public static MedIdResult<BlobPayload> Parse(ReadOnlyMemory<byte> utf8)
    {
        var parsed = StrictJson.ParseObject(utf8, MetadataLimits.BlobDepth, MetadataLimits.BlobBytes);
        if (!parsed.Succeeded)
        {
            return new MedIdError(MetadataErrorCodes.BlobMalformed, ErrorCategory.Malformed, MetadataSections.Payload, parsed.Error.Code);
        }

        var problem = new JsonProblem();
        var members = new MetadataJson(parsed.Value, "payload", problem);
        var number = (long)members.RequiredNumber("no", long.MaxValue);
        var nextUpdate = members.Date("nextUpdate");
        var legal = members.Text("legalHeader", MetadataLimits.LongText);
        var elements = members.List("entries", (element, _) => element, MetadataLimits.Entries);
        if (nextUpdate is null || !members.Has("entries"))
        {
            problem.Add("payload", "nextUpdate and entries are required");
        }

        if (problem.First is not null)
        {
            return problem.ToError(MetadataErrorCodes.BlobMalformed, MetadataSections.Payload);
        }

        if (elements.Any(IsOfToc))
        {
            return new MedIdError(MetadataErrorCodes.TocUnsupported, ErrorCategory.Unsupported, MetadataSections.Payload, "a table of contents of metadata service 2");
        }

        var entries = new List<MetadataEntry>(elements.Count);
        var unnamed = new List<MedIdError>();
        foreach (var element in elements)
        {
            var entry = EntryReader.Read(element);
            if (entry.Succeeded)
            {
                entries.Add(entry.Value);
            }
            else
            {
                unnamed.Add(entry.Error);
            }
        }

        return new BlobPayload
        {
            Number = number,
            NextUpdate = nextUpdate!.Value,
            LegalHeader = legal,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(utf8.Span)),
            Entries = entries,
            Unnamed = unnamed,
        };
    }

    private static bool IsOfToc(JsonElement entry) => entry.ValueKind == JsonValueKind.Object
        && entry.TryGetProperty("url"u8, out _) && entry.TryGetProperty("hash"u8, out _) && !entry.TryGetProperty("metadataStatement"u8, out _);
}
