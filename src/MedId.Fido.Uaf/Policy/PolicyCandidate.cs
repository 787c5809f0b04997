namespace MedId.Fido.Uaf;

/// <summary>An authenticator that answered, as a policy sees it.</summary>
internal readonly record struct PolicyCandidate(UafMetadataStatement Model, ushort Version, UafKeyId KeyId)
{
    public bool Fits(MatchCriteria criteria) => criteria.Matches(Model, Version, KeyId);
}
