namespace MedId.Fido.Metadata;

/// <summary>What two BLOBs report otherwise. FIDO MDS 3.0 §3.2 step 7.</summary>
internal static class StatusComparison
{
    public static IReadOnlyList<MetadataStatusChange> Compare(IReadOnlyList<MetadataEntry> before, IReadOnlyList<MetadataEntry> now)
    {
        var old = new Dictionary<string, MetadataEntry>(StringComparer.Ordinal);
        foreach (var entry in before)
        {
            old.TryAdd(entry.ToString(), entry);
        }

        var changes = new List<MetadataStatusChange>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in now)
        {
            if (!seen.Add(entry.ToString()))
            {
                continue;
            }

            if (!old.TryGetValue(entry.ToString(), out var earlier))
            {
                changes.Add(new(entry, entry.StatusReports, [], IsNew: true, IsGone: false));
                continue;
            }

            List<StatusReport> added = [.. entry.StatusReports.Except(earlier.StatusReports)];
            List<StatusReport> removed = [.. earlier.StatusReports.Except(entry.StatusReports)];
            if (added.Count + removed.Count > 0)
            {
                changes.Add(new(entry, added, removed, IsNew: false, IsGone: false));
            }
        }

        changes.AddRange(old.Where(pair => !seen.Contains(pair.Key)).Select(pair => new MetadataStatusChange(pair.Value, [], pair.Value.StatusReports, IsNew: false, IsGone: true)));
        return changes;
    }
}
