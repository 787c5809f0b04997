using MedId.Core;

namespace MedId.Provider;

/// <summary>Finds what was changed in an audit trail: rewritten, dropped, put in, reordered or cut off entries, and a trail that was made anew. Pure and offline.</summary>
public static class AuditVerifier
{
    private const string Section = "MedIdSdk audit trail";

    /// <summary>Verifies a piece of a trail that follows a head which was verified before, or the beginning.</summary>
    /// <param name="from">The head before the first of the entries: <see cref="AuditHead.Empty"/> for the beginning.</param>
    /// <param name="entries">The entries as a store gives them.</param>
    /// <param name="kept">A head that was kept elsewhere; null: only the links are judged. A head that these entries do not reach yet is found as truncation, so give it with the last piece, or with the piece that holds its place.</param>
    /// <returns>The report, naming the place of the first entry that is not what it was.</returns>
    public static AuditReport Verify(AuditHead from, IEnumerable<StoredAuditEntry> entries, AuditHead? kept = null)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(entries);

        // 0. A kept head is of this trail, and not of a place that was verified before.
        if (kept is not null && kept.Tenant != from.Tenant)
        {
            return Broken(ProviderErrorCodes.AuditForeign, from, null, "the kept head is of another trail");
        }

        var head = from;
        if (kept is not null && Conflicts(kept, head))
        {
            return Broken(ProviderErrorCodes.AuditForked, head, kept.Length, null);
        }

        foreach (var stored in entries)
        {
            var place = head.Length + 1;

            // 1. In its place.
            if (stored.Sequence != place)
            {
                return Broken(ProviderErrorCodes.AuditOrder, head, place, "the entry stored here is not the next one");
            }

            // 2. In its form, of this trail, and saying the same place.
            var entry = AuditEntry.Parse(stored.Bytes);
            if (!entry.Succeeded)
            {
                return new() { Error = entry.Error, At = place, Head = head };
            }

            if (entry.Value.Tenant != head.Tenant)
            {
                return Broken(ProviderErrorCodes.AuditForeign, head, place, null);
            }

            if (entry.Value.Sequence != place)
            {
                return Broken(ProviderErrorCodes.AuditOrder, head, place, "the entry says another place");
            }

            // 3. Linked to the one before, which is therefore the one that was there.
            if (!string.Equals(entry.Value.Previous, head.Digest, StringComparison.Ordinal))
            {
                return Broken(ProviderErrorCodes.AuditRewritten, head, place - 1, "the next entry was linked to another one");
            }

            head = AuditHead.After(entry.Value);

            // 4. The same as when the head was kept.
            if (kept is not null && Conflicts(kept, head))
            {
                return Broken(ProviderErrorCodes.AuditForked, head, place, null);
            }
        }

        // 5. Everything that was there is there.
        return kept is not null && head.Length < kept.Length
            ? Broken(ProviderErrorCodes.AuditTruncated, head, head.Length + 1, null)
            : new() { Head = head };
    }

    private static bool Conflicts(AuditHead kept, AuditHead head) =>
        kept.Length == head.Length && (!string.Equals(kept.Digest, head.Digest, StringComparison.Ordinal) || kept.At != head.At);

    private static AuditReport Broken(string code, AuditHead head, long? at, string? detail) =>
        new() { Error = new MedIdError(code, ErrorCategory.Untrusted, Section, detail), At = at, Head = head };
}
