namespace MedId.AspNetCore.ResourceServer;

/// <summary>Names that the registration uses unless told otherwise.</summary>
public static class IntrospectionBearerDefaults
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "MedId.Introspection";
}
