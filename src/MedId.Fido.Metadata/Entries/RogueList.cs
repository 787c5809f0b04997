using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Metadata;

/// <summary>Stolen keys of one model with ECDAA attestation. FIDO MDS 3.0 §3.1.5.</summary>
/// <remarks>
/// Read for operators who verify ECDAA elsewhere: this library refuses ECDAA attestation by name, so no decision of its own rests on the list. The rule for the hash is the
/// editors' of this library by the analogy of service 2 and has not been checked against a published list.
/// </remarks>
public sealed class RogueList
{
    private const int MaxBytes = 8 * 1024 * 1024;

    private const string Section = "FIDO MDS 3.0 §3.1.5";

    private RogueList(IReadOnlyList<RogueListEntry> entries) => Entries = entries;

    /// <summary>The keys, in the order of the list.</summary>
    public IReadOnlyList<RogueListEntry> Entries { get; }

    /// <summary>Reads a list and compares it with the entry that names it.</summary>
    /// <param name="utf8">What stands at <see cref="MetadataEntry.RogueListUrl"/>; 8 MiB at most.</param>
    /// <param name="hash"><see cref="MetadataEntry.RogueListHash"/>: base64url of SHA-256 over the base64url of the list.</param>
    /// <returns>The list, or <c>metadata.rogue_list_malformed</c>, <c>metadata.rogue_list_hash</c>.</returns>
    public static MedIdResult<RogueList> Parse(ReadOnlyMemory<byte> utf8, string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        if (utf8.Length > MaxBytes)
        {
            return new MedIdError(MetadataErrorCodes.RogueListMalformed, ErrorCategory.Malformed, Section, $"more than {MaxBytes} bytes");
        }

        var computed = SHA256.HashData(Encoding.ASCII.GetBytes(StrictBase64Url.Encode(utf8.Span)));
        if (!StrictBase64Url.TryDecode(hash, out var stated) || !CryptographicOperations.FixedTimeEquals(stated, computed))
        {
            return new MedIdError(MetadataErrorCodes.RogueListHash, ErrorCategory.Untrusted, Section);
        }

        var parsed = StrictJson.Parse(utf8, 4, MaxBytes);
        if (!parsed.Succeeded)
        {
            return new MedIdError(MetadataErrorCodes.RogueListMalformed, ErrorCategory.Malformed, Section, parsed.Error.Code);
        }

        var problem = new JsonProblem();
        var entries = MetadataJson.Items(parsed.Value, "rogueList", problem, Read, MetadataLimits.Entries);
        return problem.First is null ? new RogueList(entries) : problem.ToError(MetadataErrorCodes.RogueListMalformed, Section);
    }

    private static RogueListEntry Read(JsonElement element, JsonProblem problem)
    {
        var entry = new MetadataJson(element, "rogueList", problem);
        var date = entry.Date("date");
        if (date is null)
        {
            problem.Add("date", "is missing");
        }

        return new(entry.RequiredText("sk"), date ?? default);
    }
}
