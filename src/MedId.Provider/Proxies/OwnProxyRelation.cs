namespace MedId.Provider;

/// <summary>A relation as one of its two sees it.</summary>
/// <param name="Relation">The relation.</param>
/// <param name="AsProxy">Whether the one who looks is the proxy.</param>
public sealed record OwnProxyRelation(ProxyRelation Relation, bool AsProxy);
