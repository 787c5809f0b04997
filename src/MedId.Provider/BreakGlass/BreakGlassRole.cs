namespace MedId.Provider;

/// <summary>A role that may break the glass, as doctors' evidence names it.</summary>
/// <param name="System">The code system.</param>
/// <param name="Code">The code.</param>
public sealed record BreakGlassRole(string System, string Code);
