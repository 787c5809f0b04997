namespace MedId.Provider;

/// <summary>A consent that was given beforehand just now.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">The one-time code, shown this once; null for other kinds.</param>
/// <param name="ValidUntil">Its end.</param>
public sealed record StandingGiven(string Id, string? Code, DateTimeOffset ValidUntil)
{
    /// <summary>The id only; never the code.</summary>
    public override string ToString() => Id;
}
