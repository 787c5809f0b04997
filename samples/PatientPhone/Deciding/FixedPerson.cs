namespace MedId.Samples.PatientPhone;

/// <summary>Decides as the command line says, after thinking for a while; narrowing keeps what it was told to, or all but the last category.</summary>
internal sealed class FixedPerson(string decide, IReadOnlyList<string> keep, TimeSpan think, TimeProvider time) : IPerson
{
    public async Task<Decision> DecideAsync(Notice notice, CancellationToken cancellationToken)
    {
        if (think > TimeSpan.Zero)
        {
            await Task.Delay(think, time, cancellationToken);
        }

        var shown = notice.Categories.Select(one => one.Scope).ToList();
        return decide switch
        {
            "deny" => Decision.Deny,
            "approve" => new Decision(shown.ToHashSet(StringComparer.Ordinal)),
            _ when keep.Count > 0 => new Decision(shown.Where(keep.Contains).ToHashSet(StringComparer.Ordinal)),
            _ => new Decision(shown.Take(Math.Max(1, shown.Count - 1)).ToHashSet(StringComparer.Ordinal)),
        };
    }

    public void ShowTransaction(string line)
    {
        // Nobody looks.
    }
}
