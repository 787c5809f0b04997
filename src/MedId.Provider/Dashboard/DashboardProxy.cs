namespace MedId.Provider;

/// <summary>Who consented in the person's stead.</summary>
/// <param name="Name">The proxy's name.</param>
/// <param name="Relationship">Parent, guardian or agent, in words.</param>
public sealed record DashboardProxy(string Name, DashboardText Relationship);
