namespace MedId.Provider;

/// <summary>A secret of a registered client as it is kept.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Until">Until when it is taken; null: as long as it is there.</param>
internal sealed record StoredSecret(string Digest, DateTimeOffset? Until)
{
    /// <summary>The end only.</summary>
    public override string ToString() => $"until {Until:O}";
}
