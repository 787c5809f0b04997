namespace MedId.Heart.Fhir.Scopes;

/// <summary>The type that a literal reference names.</summary>
internal static class ReferenceType
{
    /// <summary>The type in <c>Type/id</c>, <c>https://…/Type/id</c> and <c>Type/id/_history/version</c>; null where there is none.</summary>
    public static FhirResourceType? Of(ReadOnlySpan<byte> reference)
    {
        var history = reference.IndexOf("/_history/"u8);
        reference = history < 0 ? reference : reference[..history];
        var slash = reference.LastIndexOf((byte)'/');
        if (slash <= 0 || slash == reference.Length - 1)
        {
            return null;
        }

        var before = reference[..slash];
        return FhirResourceTypes.Find(before[(before.LastIndexOf((byte)'/') + 1)..]);
    }
}
