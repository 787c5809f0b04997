namespace MedId.Signatures;

/// <summary>What one revision after a signed one did.</summary>
/// <param name="Revision">Its number, the first revision of the file being 1.</param>
/// <param name="Added">What it added, as far as it is one of the kinds that can be allowed.</param>
/// <param name="Other">What else it did; null when <paramref name="Added"/> says it all. Without personal data.</param>
public sealed record PdfUpdate(int Revision, PdfUpdateAllowance Added, string? Other)
{
    /// <summary>Whether the revision does nothing but what is allowed.</summary>
    /// <param name="allowance">What is allowed.</param>
    public bool IsWithin(PdfUpdateAllowance allowance) => Other is null && (Added & ~allowance) == PdfUpdateAllowance.None;
}
