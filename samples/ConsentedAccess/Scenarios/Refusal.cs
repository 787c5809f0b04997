namespace MedId.Samples.ConsentedAccess;

/// <summary>A refusal that a scenario wants to see: who, at which step, with which code.</summary>
internal sealed record Refusal(int Step, string Role, string Code);
