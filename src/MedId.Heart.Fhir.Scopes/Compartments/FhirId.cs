namespace MedId.Heart.Fhir.Scopes;

/// <summary>FHIR R4 datatype <c>id</c>: 1 to 64 of letters, digits, minus and point. The path segments <c>.</c> and <c>..</c> are refused besides.</summary>
internal static class FhirId
{
    public static bool IsValid(ReadOnlySpan<char> id)
    {
        if (id.Length is 0 or > 64 || id is "." or "..")
        {
            return false;
        }

        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.'))
            {
                return false;
            }
        }

        return true;
    }
}
