using System.Text.Json;
using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>A batch or transaction (FHIR R4 http.html §3.1.0.11): requests that scopes decide each for itself.</summary>
/// <param name="IsTransaction">Whether one refused entry refuses all.</param>
/// <param name="Entries">
/// The entries in their order; at most 1,024. In a transaction a reference to another entry (<c>urn:uuid:…</c>) stands as <c>Type/id</c> where that entry is written to an id that
/// is known, so that it counts as what it will be. Any other such reference stays as it is, and is nobody's.
/// </param>
public sealed record FhirBundle(bool IsTransaction, IReadOnlyList<FhirBundleEntry> Entries)
{
    /// <summary>Most entries that are read.</summary>
    public const int MaxEntries = 1024;

    /// <summary>Reads the Bundle of <c>POST /</c>.</summary>
    /// <param name="bundle">The Bundle; it has to live as long as the result.</param>
    /// <returns>The bundle, an unreadable entry with its own error; or <see cref="ScopesErrorCodes.RequestMalformed"/>, <see cref="ScopesErrorCodes.LimitExceeded"/>.</returns>
    public static MedIdResult<FhirBundle> Parse(JsonElement bundle)
    {
        if (bundle.ValueKind != JsonValueKind.Object || !Utf8Json.IsWellFormed(bundle) || !Utf8Json.TryGetString(bundle, "resourceType"u8, out var type) || !type.SequenceEqual("Bundle"u8)
            || !Utf8Json.TryGetString(bundle, "type"u8, out var kind) || !(kind.SequenceEqual("batch"u8) || kind.SequenceEqual("transaction"u8)))
        {
            return FhirRequestReader.Malformed;
        }

        var isTransaction = kind.SequenceEqual("transaction"u8);
        if (!bundle.TryGetProperty("entry"u8, out var entries))
        {
            return new FhirBundle(isTransaction, []);
        }

        if (entries.ValueKind != JsonValueKind.Array)
        {
            return FhirRequestReader.Malformed;
        }

        if (entries.GetArrayLength() > MaxEntries)
        {
            return FhirRequestReader.TooMuch;
        }

        FhirBundleEntry[] read = [.. entries.EnumerateArray().Select(FhirBundleEntry.Read)];

        // The entries of a batch may not depend on each other (http.html §3.1.0.11.1), so nothing in one names another.
        return new FhirBundle(isTransaction, isTransaction ? BundleReferences.Resolve(read) : read);
    }
}
