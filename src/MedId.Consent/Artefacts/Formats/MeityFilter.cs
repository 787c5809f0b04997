namespace MedId.Consent;

/// <summary>Data-filter: a query of the provider's own; the age of data as the FHIR search <c>date=ge…&amp;date=le…</c> at its end.</summary>
internal static class MeityFilter
{
    private const string From = "date=ge";
    private const string Until = "date=le";

    public static (ArtefactList<ArtefactFilter> Filters, DateTimeOffset? From, DateTimeOffset? Until) Read(string? text)
    {
        if (text is null)
        {
            return ([], null, null);
        }

        var parts = text.Split('&').ToList();
        var until = Take(parts, Until);
        var from = Take(parts, From);
        var query = string.Join('&', parts);
        return (query.Length == 0 ? [] : [new(null, null, query)], from, until);
    }

    public static string Write(ConsentClause clause)
    {
        var parts = clause.Filters.Where(f => f is { Type: null, Operator: null }).Select(f => f.Value).ToList();
        if (clause.DataFrom is { } from)
        {
            parts.Add(From + ArtefactTime.Write(from.ToUniversalTime()));
        }

        if (clause.DataUntil is { } until)
        {
            parts.Add(Until + ArtefactTime.Write(until.ToUniversalTime()));
        }

        return string.Join('&', parts);
    }

    private static DateTimeOffset? Take(List<string> parts, string prefix)
    {
        if (parts.Count > 0 && parts[^1].StartsWith(prefix, StringComparison.Ordinal) && ArtefactTime.TryParse(parts[^1][prefix.Length..], out var time))
        {
            parts.RemoveAt(parts.Count - 1);
            return time;
        }

        return null;
    }
}
