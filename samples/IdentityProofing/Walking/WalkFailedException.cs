namespace MedId.Samples.IdentityProofing;

/// <summary>A step did not end as it has to.</summary>
internal sealed class WalkFailedException(string step, string why) : Exception($"{step}: {why}");
